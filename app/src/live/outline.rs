//! Who belongs to whom, and in which order it is shown. Order lives in the children, so it is derived here.

use std::collections::BTreeMap;

use shared::id::{CellId, GridId, JobId, LayerId, RegionId, WorkflowId};
use shared::object::Object;
use shared::region::Region;
use shared::topology::{Cell, Grid, Layer};

/// Children by parent in the order of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// The grids that have a tab.
    pub tabs: Vec<GridId>,
    /// The grids that have none, in the order they would have.
    pub hidden_tabs: Vec<GridId>,
    /// Cells in reading order: row by row.
    pub cells: BTreeMap<GridId, Vec<CellId>>,
    /// Layers in drawing order.
    pub layers: BTreeMap<CellId, Vec<LayerId>>,
    /// Regions by name, of the images of a job.
    pub regions: BTreeMap<JobId, Vec<RegionId>>,
    /// The layers that show profiles through the images of a job.
    pub profiles: BTreeMap<JobId, Vec<LayerId>>,
    /// Workflows by title.
    pub workflows: Vec<WorkflowId>,
    /// Jobs by workflow and source.
    pub jobs: Vec<JobId>,
}

impl Outline {
    /// The outline of `objects`, whatever their order.
    pub fn of<'a>(objects: impl Iterator<Item = &'a Object>) -> Self {
        let mut tabs = Vec::new();
        let mut hidden_tabs = Vec::new();
        let mut workflows = Vec::new();
        let mut cells: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut layers: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut jobs = Vec::new();
        let mut regions: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut profiles: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for object in objects {
            match object {
                Object::Grid(grid) => {
                    let tabs = if grid.enabled {
                        &mut tabs
                    } else {
                        &mut hidden_tabs
                    };
                    tabs.push((grid.order, grid.id));
                }
                Object::Cell(cell) => cells.entry(cell.grid).or_default().push((
                    cell.geometry.row,
                    cell.geometry.col,
                    cell.id,
                )),
                Object::Layer(layer) => {
                    layers
                        .entry(layer.cell)
                        .or_default()
                        .push((layer.order, layer.id));
                    if let Some(job) = profiled(layer) {
                        profiles.entry(job).or_default().push(layer.id);
                    }
                }
                Object::Workflow(it) => workflows.push((it.title.clone(), it.id.clone())),
                Object::Job(job) => jobs.push(job.id.clone()),
                Object::Region(it) => regions
                    .entry(it.job())
                    .or_default()
                    .push((it.name.clone(), it.id)),
                Object::LayerState(_) => {}
            }
        }
        tabs.sort_unstable();
        hidden_tabs.sort_unstable();
        workflows.sort_unstable();
        jobs.sort_unstable();
        Self {
            tabs: tabs.into_iter().map(|(_, id)| id).collect(),
            hidden_tabs: hidden_tabs.into_iter().map(|(_, id)| id).collect(),
            cells: sorted(cells, |(_, _, id)| id),
            layers: sorted(layers, |(_, id)| id),
            regions: sorted(regions, |(_, id)| id),
            profiles: sorted(profiles, |id| id),
            workflows: workflows.into_iter().map(|(_, id)| id).collect(),
            jobs,
        }
    }
}

/// True when a change of a grid changes the tabs.
pub(super) fn is_moved_grid(old: &Grid, new: &Grid) -> bool {
    (old.enabled, old.order) != (new.enabled, new.order)
}

/// True when a change of a region changes the order of regions.
pub(super) fn is_moved_region(old: &Region, new: &Region) -> bool {
    old.name != new.name || old.source != new.source || old.workflow != new.workflow
}

/// True when a change of a cell changes the order of cells.
pub(super) fn is_moved_cell(old: &Cell, new: &Cell) -> bool {
    let place = |cell: &Cell| (cell.grid, cell.geometry.row, cell.geometry.col);
    place(old) != place(new)
}

/// True when a change of a layer changes the order of layers, or what it is a profile of.
pub(super) fn is_moved_layer(old: &Layer, new: &Layer) -> bool {
    (old.cell, old.order) != (new.cell, new.order) || profiled(old) != profiled(new)
}

/// The plotter whose layers are profiles.
const PROFILE: &str = "profile";

/// The job through whose images a layer shows a profile.
fn profiled(layer: &Layer) -> Option<JobId> {
    let is_profile = layer.config.plotter == PROFILE;
    layer.config.primary_job().filter(|_| is_profile)
}

fn sorted<K: Ord, T: Ord, V>(
    groups: BTreeMap<K, Vec<T>>,
    id: impl Fn(T) -> V,
) -> BTreeMap<K, Vec<V>> {
    let sort = |(key, mut children): (K, Vec<T>)| {
        children.sort_unstable();
        (key, children.into_iter().map(&id).collect())
    };
    groups.into_iter().map(sort).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::topology::CellGeometry;

    fn grid(path: &str, order: i32, enabled: bool) -> Object {
        Object::Grid(Grid {
            id: GridId::derived(path),
            title: path.to_owned(),
            nrows: 2,
            ncols: 2,
            enabled,
            order,
        })
    }

    fn cell(path: &str, row: u32, col: u32) -> Object {
        Object::Cell(Cell {
            id: CellId::derived(path),
            grid: GridId::derived("a"),
            geometry: CellGeometry {
                row,
                col,
                row_span: 1,
                col_span: 1,
            },
            title: None,
        })
    }

    #[test]
    fn tabs_follow_their_order_and_hidden_grids_have_none() {
        let objects = [grid("a", 2, true), grid("b", 1, true), grid("c", 0, false)];
        let outline = Outline::of(objects.iter());
        assert_eq!(outline.tabs, [GridId::derived("b"), GridId::derived("a")]);
    }

    #[test]
    fn cells_come_in_reading_order() {
        let objects = [cell("low", 1, 0), cell("right", 0, 1), cell("left", 0, 0)];
        let outline = Outline::of(objects.iter());
        let expected = ["left", "right", "low"].map(CellId::derived);
        assert_eq!(outline.cells[&GridId::derived("a")], expected);
    }
}
