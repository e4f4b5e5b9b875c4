//! One WebGL2 context that turns matrices of values into colours. Values stay in textures until their frame
//! changes, so that zooming, another colour map or another range cost no upload.

use shared::plot::Scale;
use wasm_bindgen::JsCast as _;
use web_sys::{
    HtmlCanvasElement, WebGl2RenderingContext as Gl, WebGlContextAttributes, WebGlProgram,
    WebGlUniformLocation,
};

use super::image_painter::new_canvas;
use super::webgl_program::link;
use super::webgl_textures::Textures;
use crate::present::ImageQuad;

/// One triangle that covers everything.
const VERTEX: &str = "#version 300 es
void main() {
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0;
    gl_Position = vec4(corner, 0.0, 1.0);
}";

/// The same steps as `shared::plot::Normalization` and `ColourMap::sample`; the lookups say which value each
/// device pixel shows, -1 for none.
const FRAGMENT: &str = "#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp isampler2D;
const int LOG = 1;
const int SYMLOG = 2;
const int SQRT = 3;
const float LOG10_2 = 0.30102999566;
uniform sampler2D values;
uniform isampler2D columns;
uniform isampler2D rows;
uniform sampler2D colours;
uniform vec2 offset_factor;
uniform float opacity;
uniform int scale;
uniform float per_threshold;
uniform int top;
out vec4 colour;
void main() {
    ivec2 px = ivec2(gl_FragCoord.xy);
    ivec2 at = ivec2(
        texelFetch(columns, ivec2(px.x, 0), 0).r,
        texelFetch(rows, ivec2(top - px.y, 0), 0).r
    );
    colour = vec4(0.0);
    if (at.x < 0 || at.y < 0) return;
    float value = texelFetch(values, at, 0).r;
    if (value < -3.0e38 || (scale == LOG && value <= 0.0)) return;
    float scaled = value;
    if (scale == LOG) scaled = log2(value) * LOG10_2;
    if (scale == SYMLOG) scaled = sign(value) * log2(1.0 + abs(value) * per_threshold) * LOG10_2;
    if (scale == SQRT) scaled = sign(value) * sqrt(abs(value));
    float t = (scaled - offset_factor.x) * offset_factor.y;
    int entry = int(clamp(t * 256.0, 0.0, 255.0));
    colour = vec4(texelFetch(colours, ivec2(entry, 0), 0).rgb, 1.0) * opacity;
}";

/// The context with its program and textures.
#[derive(Debug)]
pub(crate) struct WebGlImages {
    canvas: HtmlCanvasElement,
    gl: Gl,
    uniforms: Uniforms,
    textures: Textures,
}

/// Where the program keeps what differs from image to image.
#[derive(Debug)]
struct Uniforms {
    offset_factor: Option<WebGlUniformLocation>,
    opacity: Option<WebGlUniformLocation>,
    scale: Option<WebGlUniformLocation>,
    per_threshold: Option<WebGlUniformLocation>,
    top: Option<WebGlUniformLocation>,
}

impl WebGlImages {
    /// A new context; none where the browser has no WebGL2 to give, or has it in software alone.
    pub(crate) fn new() -> Option<Self> {
        let canvas = new_canvas()?;
        let attributes = WebGlContextAttributes::new();
        attributes.set_antialias(false);
        attributes.set_depth(false);
        attributes.set_fail_if_major_performance_caveat(true);
        let gl = canvas.get_context_with_context_options("webgl2", &attributes);
        let gl: Gl = gl.ok()??.dyn_into().ok()?;
        let program = link(&gl, VERTEX, FRAGMENT)?;
        gl.use_program(Some(&program));
        let uniforms = Uniforms::of(&gl, &program);
        let textures = Textures::new(&gl)?;
        Some(Self {
            canvas,
            gl,
            uniforms,
            textures,
        })
    }

    /// Whether the browser took the context away.
    pub(crate) fn is_lost(&self) -> bool {
        self.gl.is_context_lost()
    }

    /// Paints an image into the lower left of a canvas that is not on the page, to be copied at once; none if
    /// it is too large.
    pub(crate) fn paint(&mut self, quad: &ImageQuad) -> Option<&HtmlCanvasElement> {
        let gl = &self.gl;
        self.textures.bind(gl, quad)?;
        let [width, height] = [quad.columns.len() as u32, quad.rows.len() as u32];
        // Only ever larger: a change of size throws the drawing buffer away.
        if self.canvas.width() < width {
            self.canvas.set_width(width);
        }
        if self.canvas.height() < height {
            self.canvas.set_height(height);
        }
        gl.viewport(0, 0, width as i32, height as i32);
        let (uniforms, normalization) = (&self.uniforms, quad.normalization);
        let (offset, factor) = (normalization.offset() as f32, normalization.factor() as f32);
        gl.uniform2f(uniforms.offset_factor.as_ref(), offset, factor);
        gl.uniform1f(uniforms.opacity.as_ref(), quad.opacity as f32);
        let (scale, per_threshold) = match normalization.scale() {
            Scale::Linear => (0, 1.0),
            Scale::Log => (1, 1.0),
            Scale::Symlog(threshold) => (2, 1.0 / threshold.value() as f32),
            Scale::Sqrt => (3, 1.0),
        };
        gl.uniform1i(uniforms.scale.as_ref(), scale);
        gl.uniform1f(uniforms.per_threshold.as_ref(), per_threshold);
        gl.uniform1i(uniforms.top.as_ref(), height as i32 - 1);
        gl.draw_arrays(Gl::TRIANGLES, 0, 3);
        (!gl.is_context_lost()).then_some(&self.canvas)
    }
}

impl Uniforms {
    /// The places in a program that is in use, whose textures are those of the units 0 to 3 from now on.
    fn of(gl: &Gl, program: &WebGlProgram) -> Self {
        let at = |name: &str| gl.get_uniform_location(program, name);
        for (unit, name) in (0..).zip(["values", "columns", "rows", "colours"]) {
            gl.uniform1i(at(name).as_ref(), unit);
        }
        Self {
            offset_factor: at("offset_factor"),
            opacity: at("opacity"),
            scale: at("scale"),
            per_threshold: at("per_threshold"),
            top: at("top"),
        }
    }
}
