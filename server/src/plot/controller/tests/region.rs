//! Layers that are about a region of interest.

use shared::data::{CoordValues, Label};
use shared::plot::Area;
use shared::plot::frame::FrameBody;
use shared::region::Region;

use super::*;

const AREA: Area = Area::Rectangle {
    x: [0.0, 4.0],
    y: [0.0, 4.0],
};

fn region(name: &str) -> Region {
    Region {
        id: RegionId::derived("a"),
        workflow: World::workflow(),
        source: "a".to_owned(),
        name: name.to_owned(),
        colour: 0,
        area: AREA,
        units: [Unit::dimensionless(), Unit::dimensionless()],
        changed_by: String::new(),
    }
}

fn put(world: &World, region: Region) {
    world.committer.commit(|_| {
        let mut transaction = Transaction::new();
        transaction.upsert(Object::Region(region));
        transaction
    });
}

/// Publishes counts of one region.
fn publish(world: &mut World, name: &str, edition: u64) {
    let label = Label {
        name: name.into(),
        colour: None,
        edition,
        since: None,
    };
    let regions = Coord {
        values: CoordValues::Labels([label].into()),
        ..Coord::index("roi", 0)
    };
    world.publish_one(vec![regions, Coord::index("x", 2)]);
}

/// What the layer shows: what its values are, and those that are known.
fn told(world: &World) -> String {
    match world.plotting.compute(world.layer) {
        Computed::Frame { frame, .. } => match &frame.body {
            FrameBody::Image(image) => {
                let mut known = image.values.to_f64();
                known.retain(|it| !it.is_nan());
                format!("{} {known:?}", image.quantity.label)
            }
            _ => panic!("no image"),
        },
        Computed::Waiting => "waiting".to_owned(),
        Computed::Failed(message) => message,
    }
}

#[test]
fn a_waterfall_follows_its_region_and_says_when_that_is_gone() {
    let mut world = World::new();
    put(&world, region("Peak"));
    let id = RegionId::derived("a");
    let params = format!(r#"{{"seconds":4,"rows":4,"region":{{"id":"{id}"}}}}"#);
    world.draw("waterfall", &params);
    let edition = region("Peak").edition(&AREA);
    publish(&mut world, "Peak", edition);
    assert_eq!(told(&world), "Counts, Peak []", "nobody knows its time");
    publish(&mut world, "Peak", edition);
    assert_eq!(told(&world), "Counts, Peak [1.0, 2.0]");
    put(&world, region("Rest"));
    publish(&mut world, "Rest", edition);
    assert_eq!(told(&world), "Counts, Rest [1.0, 2.0, 1.0, 2.0]");
    publish(&mut world, "Rest", edition ^ 1);
    assert_eq!(told(&world), "waiting", "these are of another shape");
    world.committer.commit(|_| {
        let mut transaction = Transaction::new();
        transaction.remove(ObjectId::Region(id));
        transaction
    });
    assert_eq!(told(&world), "the region was removed: choose another one");
}
