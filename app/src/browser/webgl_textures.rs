//! Textures of values, lookups and colour maps, uploaded when they change and bounded in bytes.

use std::collections::BTreeMap;

use js_sys::{Float32Array, Int32Array, Object, Uint8Array};
use shared::id::LayerId;
use shared::plot::{ColourMap, Plane};
use shared::version::Stamp;
use web_sys::{WebGl2RenderingContext as Gl, WebGlTexture};

use crate::present::{ImageQuad, texels};

/// The textures of values may take so many bytes; the least recently painted ones go first.
const MAX_BYTES: usize = 256 << 20;

/// All textures of a context.
#[derive(Debug)]
pub(super) struct Textures {
    max_side: usize,
    values: BTreeMap<LayerId, Held>,
    columns: Lookup,
    rows: Lookup,
    colours: WebGlTexture,
    map: Option<ColourMap>,
    n_paints: u64,
    scratch: Vec<f32>,
    array: Float32Array,
}

/// The values of one layer.
#[derive(Debug)]
struct Held {
    texture: WebGlTexture,
    version: Stamp,
    plane: Plane,
    n_bytes: usize,
    last_paint: u64,
}

/// Which element each device pixel shows, along one axis. Cells of a page often agree about it, and one that is painted
/// again mostly does.
#[derive(Debug)]
struct Lookup {
    texture: WebGlTexture,
    elements: Vec<i32>,
}

/// How the elements of a texture are stored.
#[derive(Clone, Copy)]
struct Layout {
    internal: u32,
    format: u32,
    kind: u32,
}

const FLOATS: Layout = Layout {
    internal: Gl::R32F,
    format: Gl::RED,
    kind: Gl::FLOAT,
};
const INTEGERS: Layout = Layout {
    internal: Gl::R32I,
    format: Gl::RED_INTEGER,
    kind: Gl::INT,
};
const COLOURS: Layout = Layout {
    internal: Gl::RGB8,
    format: Gl::RGB,
    kind: Gl::UNSIGNED_BYTE,
};

impl Textures {
    pub(super) fn new(gl: &Gl) -> Option<Self> {
        gl.pixel_storei(Gl::UNPACK_ALIGNMENT, 1);
        let max_side = gl.get_parameter(Gl::MAX_TEXTURE_SIZE).ok()?.as_f64()? as usize;
        Some(Self {
            max_side,
            values: BTreeMap::new(),
            columns: Lookup::new(gl)?,
            rows: Lookup::new(gl)?,
            colours: create(gl)?,
            map: None,
            n_paints: 0,
            scratch: Vec::new(),
            array: Float32Array::new_with_length(0),
        })
    }

    /// Binds an image's values, columns, rows and colours to the units 0 to 3; none if one of them is too large.
    pub(super) fn bind(&mut self, gl: &Gl, quad: &ImageQuad) -> Option<()> {
        let sides = [
            quad.plane.n_columns(),
            quad.plane.n_rows(),
            quad.columns.len(),
            quad.rows.len(),
        ];
        if sides
            .into_iter()
            .any(|side| side == 0 || side > self.max_side)
        {
            return None;
        }
        self.n_paints += 1;
        self.bind_values(gl, quad)?;
        self.columns.bind(gl, 1, &quad.columns)?;
        self.rows.bind(gl, 2, &quad.rows)?;
        select(gl, 3, &self.colours);
        if self.map != Some(quad.map) {
            let bytes = Uint8Array::from(quad.map.table().as_flattened());
            upload(gl, COLOURS, [256, 1], &bytes)?;
            self.map = Some(quad.map);
        }
        Some(())
    }

    fn bind_values(&mut self, gl: &Gl, quad: &ImageQuad) -> Option<()> {
        if let Some(held) = self.values.get_mut(&quad.layer) {
            held.last_paint = self.n_paints;
            select(gl, 0, &held.texture);
            if held.version == quad.version && held.plane == quad.plane {
                return Some(());
            }
        }
        let size = [quad.plane.n_columns(), quad.plane.n_rows()];
        texels(quad, &mut self.scratch);
        let n = self.scratch.len() as u32;
        if self.array.length() < n {
            self.array = Float32Array::new_with_length(n);
        }
        let array = self.array.subarray(0, n);
        array.copy_from(&self.scratch);
        let texture = match self.values.remove(&quad.layer) {
            Some(held) => held.texture,
            None => create(gl)?,
        };
        select(gl, 0, &texture);
        upload(gl, FLOATS, size, &array)?;
        let held = Held {
            texture,
            version: quad.version,
            plane: quad.plane.clone(),
            n_bytes: 4 * n as usize,
            last_paint: self.n_paints,
        };
        self.values.insert(quad.layer, held);
        self.evict(gl);
        Some(())
    }

    /// Frees the least recently painted values while there are too many; those just painted stay.
    fn evict(&mut self, gl: &Gl) {
        while self.values.values().map(|held| held.n_bytes).sum::<usize>() > MAX_BYTES {
            let oldest = self.values.iter().min_by_key(|(_, held)| held.last_paint);
            let Some((layer, held)) = oldest.filter(|(_, held)| held.last_paint < self.n_paints)
            else {
                return;
            };
            gl.delete_texture(Some(&held.texture));
            let layer = *layer;
            self.values.remove(&layer);
        }
    }
}

impl Lookup {
    fn new(gl: &Gl) -> Option<Self> {
        Some(Self {
            texture: create(gl)?,
            elements: Vec::new(),
        })
    }

    fn bind(&mut self, gl: &Gl, unit: u32, elements: &[i32]) -> Option<()> {
        select(gl, unit, &self.texture);
        if self.elements != elements {
            upload(
                gl,
                INTEGERS,
                [elements.len(), 1],
                &Int32Array::from(elements),
            )?;
            elements.clone_into(&mut self.elements);
        }
        Some(())
    }
}

/// Makes a texture the one of a unit.
fn select(gl: &Gl, unit: u32, texture: &WebGlTexture) {
    gl.active_texture(Gl::TEXTURE0 + unit);
    gl.bind_texture(Gl::TEXTURE_2D, Some(texture));
}

/// A new texture, unfiltered.
fn create(gl: &Gl) -> Option<WebGlTexture> {
    let texture = gl.create_texture()?;
    select(gl, 0, &texture);
    for filter in [Gl::TEXTURE_MIN_FILTER, Gl::TEXTURE_MAG_FILTER] {
        gl.tex_parameteri(Gl::TEXTURE_2D, filter, Gl::NEAREST as i32);
    }
    for side in [Gl::TEXTURE_WRAP_S, Gl::TEXTURE_WRAP_T] {
        gl.tex_parameteri(Gl::TEXTURE_2D, side, Gl::CLAMP_TO_EDGE as i32);
    }
    Some(texture)
}

fn upload(gl: &Gl, layout: Layout, [width, height]: [usize; 2], data: &Object) -> Option<()> {
    gl.tex_image_2d_with_i32_and_i32_and_i32_and_format_and_type_and_opt_array_buffer_view(
        Gl::TEXTURE_2D,
        0,
        layout.internal as i32,
        width as i32,
        height as i32,
        0,
        layout.format,
        layout.kind,
        Some(data),
    )
    .ok()
}
