//! What layers ask together, and what they may not.

use super::*;

#[test]
fn the_lowest_layer_that_says_something_decides() {
    let low = AxesParams {
        y: ScaleChoice::Log,
        ratio: 4.0,
        colour_min: Some(1.0),
        colour_max: Some(9.0),
        ..AxesParams::default()
    };
    let high = AxesParams {
        y: ScaleChoice::Sqrt,
        shape: ShapeChoice::Frame,
        ratio: 2.0,
        x_labels: Some(3),
        colour_min: Some(2.0),
        colour_max: Some(5.0),
        ..AxesParams::default()
    };
    let both = low.or(high);
    assert_eq!((both.x, both.y), (ScaleChoice::Auto, ScaleChoice::Log));
    // A ratio without a shape says nothing.
    assert_eq!(both.aspect(), Some(Aspect::Frame(2.0)));
    assert_eq!((both.x_labels, both.y_labels), (Some(3), None));
    assert_eq!(both.colour_limits(), Range::new(1.0, 9.0));
}

#[test]
fn limits_of_colours_go_together() {
    let check = |colour, min, max| {
        let axes = ImageAxes {
            colour,
            colour_min: min,
            colour_max: max,
            ..ImageAxes::default()
        };
        AxesParams::check(axes).map_err(|error| error.to_string())
    };
    let said = |text: &str| Err(text.to_owned());
    assert_eq!(check(ScaleChoice::Auto, None, None), Ok(()));
    assert_eq!(check(ScaleChoice::Auto, Some(0.5), Some(2.0)), Ok(()));
    assert_eq!(check(ScaleChoice::Linear, Some(-1.0), Some(2.0)), Ok(()));
    assert_eq!(
        check(ScaleChoice::Linear, Some(2.0), Some(2.0)),
        said("axes.colour_max: must be above where colours begin")
    );
    assert_eq!(
        check(ScaleChoice::Linear, Some(2.0), None),
        said("axes.colour_max: give both limits of colours, or none")
    );
    assert_eq!(
        check(ScaleChoice::Linear, None, Some(2.0)),
        said("axes.colour_min: give both limits of colours, or none")
    );
    for scale in [ScaleChoice::Auto, ScaleChoice::Log] {
        assert_eq!(
            check(scale, Some(0.0), Some(2.0)),
            said("axes.colour_min: must be above 0 on a logarithmic scale")
        );
    }
}
