//! Hands and keys on regions, by numbers.

use shared::data::Unit;
use shared::plot::{Range, Scale};

use super::*;

/// One unit is ten pixels; y rises upward.
fn axes() -> [Projection; 2] {
    let range = Range::new(0.0, 40.0).unwrap();
    [
        Projection::new(Scale::Linear, range, [0.0, 400.0]),
        Projection::new(Scale::Linear, range, [400.0, 0.0]),
    ]
}

fn region(name: &str, x: [f64; 2]) -> Region {
    Region {
        id: RegionId::derived(name),
        workflow: "dummy/w/1".parse().unwrap(),
        source: "a".to_owned(),
        name: name.to_owned(),
        colour: 0,
        area: Area::Rectangle { x, y: [10.0, 20.0] },
        units: [Unit::dimensionless(), Unit::dimensionless()],
        changed_by: "me".to_owned(),
    }
}

struct World {
    axes: [Projection; 2],
    regions: Vec<Region>,
    editor: Editor,
    selected: Option<RegionId>,
}

impl World {
    fn new(tool: Tool) -> Self {
        Self {
            axes: axes(),
            regions: vec![region("a", [5.0, 15.0]), region("b", [10.0, 25.0])],
            editor: Editor::with_tool(tool),
            selected: None,
        }
    }

    fn act(&mut self, act: impl FnOnce(&mut Editor, Ground<'_>) -> Done) -> Done {
        let [x, y] = &self.axes;
        let ground = Ground {
            axes: [x, y],
            regions: &self.regions,
            selected: self.selected,
        };
        let done = act(&mut self.editor, ground);
        if let Done::Select(id) = done {
            self.selected = id;
        }
        done
    }

    fn key(&mut self, key: &str, is_shifted: bool) -> Done {
        self.act(|it, ground| it.key(ground, (key, is_shifted), [1.0, 1.0]))
    }

    /// A drag from place to place, and what came of its end.
    fn drag(&mut self, from: [f64; 2], to: [f64; 2]) -> Done {
        self.act(|it, ground| it.down(ground, from));
        self.act(|it, ground| it.up(ground, to))
    }
}

fn bounds(done: &Done) -> [[f64; 2]; 2] {
    match done {
        Done::Changed(_, area) | Done::Drawn(area) | Done::Shaped(_, area) => area.bounds(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_uppermost_is_taken_unless_another_is_selected() {
    let (a, b) = (RegionId::derived("a"), RegionId::derived("b"));
    let mut world = World::new(Tool::Hold);
    let both = [125.0, 250.0];
    assert_eq!(world.act(|it, g| it.down(g, both)), Done::Select(Some(b)));
    world.act(|it, g| it.up(g, both));
    world.selected = Some(a);
    assert_eq!(world.act(|it, g| it.down(g, both)), Done::Select(Some(a)));
    let done = world.act(|it, g| it.drag(g, [135.0, 240.0]));
    assert_eq!(bounds(&done), [[6.0, 16.0], [11.0, 21.0]]);
    let done = world.act(|it, g| it.up(g, [145.0, 240.0]));
    assert_eq!(bounds(&done), [[7.0, 17.0], [11.0, 21.0]]);
}

#[test]
fn a_click_moves_nothing_and_free_space_is_the_figure_s() {
    let mut world = World::new(Tool::Hold);
    assert_eq!(world.drag([125.0, 250.0], [126.0, 251.0]), Done::Taken);
    assert_eq!(
        world.act(|it, g| it.down(g, [390.0, 20.0])),
        Done::Select(None)
    );
    assert_eq!(world.act(|it, g| it.down(g, [390.0, 20.0])), Done::Nothing);
    assert_eq!(world.act(|it, g| it.drag(g, [300.0, 20.0])), Done::Nothing);
}

#[test]
fn drawing_begins_anywhere_and_needs_a_size() {
    let mut world = World::new(Tool::Draw(AreaKind::Rectangle));
    let done = world.drag([125.0, 250.0], [55.0, 150.0]);
    assert_eq!(bounds(&done), [[5.5, 12.5], [15.0, 25.0]]);
    assert_eq!(world.drag([125.0, 250.0], [125.0, 251.0]), Done::Taken);
    assert_eq!(world.drag([125.0, 250.0], [125.0, 300.0]), Done::Taken);
}

#[test]
fn a_polygon_closes_at_its_first_corner_by_a_double_click_or_by_enter() {
    let corners = [[100.0, 100.0], [200.0, 100.0], [150.0, 200.0]];
    let begun = || {
        let mut world = World::new(Tool::Draw(AreaKind::Polygon));
        for at in corners {
            let done = world.act(|it, g| it.down(g, at));
            assert!(matches!(done, Done::Corners(_)));
        }
        world
    };
    let expected = Done::Drawn(Area::Polygon {
        vertices: vec![[10.0, 30.0], [20.0, 30.0], [15.0, 20.0]],
    });
    assert_eq!(begun().act(|it, g| it.down(g, [104.0, 98.0])), expected);
    assert_eq!(begun().key("Enter", false), expected);
    let mut world = begun();
    world.act(|it, g| it.down(g, [150.0, 201.0]));
    assert_eq!(world.act(|it, _| it.close()), expected, "a double click");
    let mut world = begun();
    assert_eq!(world.key("Escape", false), Done::Dropped);
    assert_eq!(world.act(|it, _| it.close()), Done::Dropped);
}

#[test]
fn everything_is_done_by_keys_too() {
    let mut world = World::new(Tool::Hold);
    let ids = ["a", "b"].map(RegionId::derived);
    assert_eq!(
        world.key("ArrowLeft", false),
        Done::Nothing,
        "the figure moves"
    );
    assert_eq!(world.key("]", false), Done::Select(Some(ids[0])));
    assert_eq!(world.key("]", false), Done::Select(Some(ids[1])));
    assert_eq!(world.key("]", false), Done::Select(Some(ids[0])));
    assert_eq!(world.key("[", false), Done::Select(Some(ids[1])));
    assert_eq!(
        bounds(&world.key("ArrowUp", false)),
        [[10.0, 25.0], [11.0, 21.0]]
    );
    assert_eq!(
        bounds(&world.key("ArrowRight", true)),
        [[10.0, 26.0], [10.0, 20.0]]
    );
    assert_eq!(world.key("Delete", false), Done::Removed(ids[1]));
    assert_eq!(world.key("Escape", false), Done::Select(None));
    assert_eq!(world.key("Delete", false), Done::Nothing);
    for kind in [AreaKind::Rectangle, AreaKind::Polygon, AreaKind::Ellipse] {
        let mut world = World::new(Tool::Draw(kind));
        assert_eq!(
            bounds(&world.key("Enter", false)),
            [[15.0, 25.0], [15.0, 25.0]]
        );
    }
    world.regions.clear();
    assert_eq!(world.key("]", false), Done::Select(None));
}
