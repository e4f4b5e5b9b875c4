//! Shapes over data, and colours that things bring along.

use app::present::{Draw, Figure, Theme};
use shared::plot::frame::{Extent, FrameBody, Shapes};
use shared::plot::{Area, Dash, Ink, Panel, Shape, ShapeLine, ShapePlace};

use super::pictures::*;

#[test]
fn shapes_have_their_colours_dashes_and_names() {
    let ellipse = Area::Ellipse {
        centre: [2.0, 2.0],
        radii: [1.0, 0.5],
    };
    let shape = Shape {
        name: Some("Peak".into()),
        line: ShapeLine {
            ink: Ink::Series(4),
            dash: Dash::Dashed,
            width_px: 2.0,
            opacity: 1.0,
        },
        fill: 0.25,
        ..Shape::plain(ShapePlace::Area(ellipse))
    };
    let shapes = picture(FrameBody::Shapes(Shapes {
        shapes: vec![shape],
    }));
    let scene = Figure::default().scene(&room(400.0, 300.0), &[image(), shapes]);
    let own = Theme::of(Panel::Dark).series(4);
    let outlines: Vec<_> = scene
        .over
        .iter()
        .filter_map(|draw| match draw {
            Draw::Line {
                points,
                width_px,
                dash,
                colour,
            } => Some((points, *width_px, *dash, *colour)),
            _ => None,
        })
        .collect();
    let [
        (_, border_px, Dash::Solid, border),
        (points, 2.0, Dash::Dashed, colour),
    ] = outlines[..]
    else {
        panic!("{outlines:?}");
    };
    assert_eq!((border_px, colour), (4.0, own));
    assert_ne!(border, own, "a border sets it off from the image");
    let extent = Extent::of(points.iter().map(|[x, _]| *x)).finite.unwrap();
    let ends = [1.0, 3.0].map(|x| scene.x.px_from_data(x));
    assert!((extent.0 - ends[0]).abs() < 1e-6 && (extent.1 - ends[1]).abs() < 1e-6);
    let filled =
        |draw: &Draw| matches!(draw, Draw::Area { colour, .. } if *colour == own.faded(0.25));
    assert!(scene.over.iter().any(filled));
    assert!(words(&scene).contains(&"Peak"));
}

#[test]
fn names_of_shapes_in_one_place_are_apart_and_those_out_of_sight_have_none() {
    let shape = |name: &str, from: f64| Shape {
        name: Some(name.into()),
        ..Shape::plain(ShapePlace::Area(Area::Rectangle {
            x: [from, from + 0.1],
            y: [2.0, 2.1],
        }))
    };
    let shapes = picture(FrameBody::Shapes(Shapes {
        shapes: (0..6)
            .map(|_| shape("Here", 2.0))
            .chain([shape("Far", 99.0)])
            .collect(),
    }));
    let scene = Figure::default().scene(&room(400.0, 300.0), &[image(), shapes]);
    let places: Vec<[f64; 2]> = scene
        .over
        .iter()
        .filter_map(|draw| match draw {
            Draw::Text(text) if text.words == "Here" => Some(text.at),
            _ => None,
        })
        .collect();
    assert_eq!(places.len(), 6, "{places:?}");
    for (i, a) in places.iter().enumerate() {
        for b in &places[..i] {
            let is_apart = (a[1] - b[1]).abs() > 10.0 || (a[0] - b[0]).abs() > 20.0;
            assert!(is_apart, "{a:?} and {b:?}");
        }
    }
    assert!(!words(&scene).contains(&"Far"));
}

#[test]
fn curves_may_have_a_colour_of_their_own() {
    let mut it = series("a", points(&[0.0, 1.0]), vec![0.0, 1.0]);
    it.colour = Some(7);
    let scene = Figure::default().scene(&room(400.0, 300.0), &[curves(vec![it])]);
    let colours = scene.over.iter().filter_map(|draw| match draw {
        Draw::Line { colour, .. } => Some(*colour),
        _ => None,
    });
    assert_eq!(
        colours.collect::<Vec<_>>(),
        [Theme::of(Panel::Dark).series(7)]
    );
}
