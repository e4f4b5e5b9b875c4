//! `GET /plotters`: what can be plotted how. It does not change while the server runs.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Json};
use shared::object::Object;
use shared::plot::{Catalogue, OutputPlotters};
use shared::topology::DataRole;

use super::App;
use crate::plot::plotters;

pub(super) async fn list_plotters(State(app): State<App>) -> impl IntoResponse {
    let state = app.committer.read();
    let mut outputs = Vec::new();
    for (_, _, object) in state.objects() {
        let Object::Workflow(workflow) = &**object else {
            continue;
        };
        for output in workflow.outputs() {
            outputs.push(OutputPlotters {
                workflow: workflow.id.clone(),
                output: output.name.clone(),
                plotters: names(plotters::compatible(DataRole::Primary, output)),
                axis_of: names(plotters::compatible(DataRole::XAxis, output)),
            });
        }
    }
    let catalogue = Catalogue {
        plotters: plotters::infos(),
        outputs,
    };
    ([(header::CACHE_CONTROL, "no-store")], Json(catalogue))
}

fn names(names: impl Iterator<Item = &'static str>) -> Vec<String> {
    names.map(str::to_owned).collect()
}
