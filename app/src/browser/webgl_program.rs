//! Shaders into programs.

use web_sys::{WebGl2RenderingContext as Gl, WebGlProgram, WebGlShader};

/// A program of two shaders; none if the browser's compiler refuses them.
pub(super) fn link(gl: &Gl, vertex: &str, fragment: &str) -> Option<WebGlProgram> {
    let program = gl.create_program()?;
    for (kind, source) in [(Gl::VERTEX_SHADER, vertex), (Gl::FRAGMENT_SHADER, fragment)] {
        gl.attach_shader(&program, &compile(gl, kind, source)?);
    }
    gl.link_program(&program);
    let is_linked = gl
        .get_program_parameter(&program, Gl::LINK_STATUS)
        .is_truthy();
    is_linked.then_some(program)
}

fn compile(gl: &Gl, kind: u32, source: &str) -> Option<WebGlShader> {
    let shader = gl.create_shader(kind)?;
    gl.shader_source(&shader, source);
    gl.compile_shader(&shader);
    gl.get_shader_parameter(&shader, Gl::COMPILE_STATUS)
        .is_truthy()
        .then_some(shader)
}
