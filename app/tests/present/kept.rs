//! What is kept of a figure: the peak in sight, posters and their vectors.

use app::present::{Caption, Draw, Figure, Table, svg};
use shared::plot::frame::{Quantity, ScalarEntry, Scalars};
use shared::plot::params::TableStyle;
use shared::plot::{Panel, Range};

use super::pictures::{counts, curves, image, points, room, series};

fn caption() -> Caption {
    Caption {
        title: "Panel <0>".to_owned(),
        origin: "Dummy, data until noon".to_owned(),
    }
}

#[test]
fn a_table_is_kept_with_its_heads_and_all_its_values() {
    let entry = |name: &str, label: &str, value, error| ScalarEntry {
        name: name.into(),
        quantity: Quantity {
            label: label.into(),
            ..counts()
        },
        value,
        error,
    };
    let entries = vec![
        entry("Panel 0", "Sum", 400.0, Some(20.0)),
        entry("Panel 0", "Maximum", 9.0, None),
        entry("A monitor with a long name", "Sum", 2.0, None),
    ];
    let table = Table::of(&Scalars { entries }, TableStyle::default());
    let mut room = room(0.0, 0.0);
    room.theme = app::present::Theme::of(Panel::Light);
    let poster = table.poster(&room, &caption());
    let texts = poster.scene.over.iter().filter_map(|it| match it {
        Draw::Text(text) => Some(text),
        _ => None,
    });
    let texts: Vec<_> = texts.collect();
    let words: Vec<_> = texts.iter().map(|it| it.words.as_str()).collect();
    let expected = [
        ["Source", "Sum [counts]", "Maximum [counts]"],
        ["Panel 0", "400 ± 20", "9"],
        ["A monitor with a long name", "2", ""],
    ];
    assert_eq!(words, expected.concat());
    // Values end at the right of their column, below its head, and nothing lies outside.
    assert_eq!(texts[1].at[0], texts[4].at[0]);
    assert!(texts[1].at[0] < texts[2].at[0] && texts[4].at[1] > texts[1].at[1]);
    assert!(texts.iter().all(|it| it.at[0] < poster.size_px[0]));
    let last = texts[8].at[1] + poster.scene_top_px;
    assert!(last < poster.size_px[1] - poster.scene_top_px);
    let text = svg(&poster, "A", |_| None);
    assert!(text.contains(">400 ± 20</text>") && text.contains("Panel &lt;0&gt;"));
}

#[test]
fn the_peak_in_sight_is_read_and_marked() {
    let (room, pictures) = (room(500.0, 300.0), [image()]);
    let mut figure = Figure::default();
    assert_eq!(figure.scene(&room, &pictures).peak, None);
    figure.presentation.shows_peak = true;
    let scene = figure.scene(&room, &pictures);
    let peak = scene.peak.clone().unwrap();
    assert_eq!(peak.text(), "x 7 mm, y 3 mm, Counts 37 ± 6.1 counts");
    assert_eq!(
        peak.marker,
        Some([scene.x.px_from_data(7.0), scene.y.px_from_data(3.0)])
    );
    figure
        .presentation
        .view
        .x
        .show(Range::new(0.0, 4.0).unwrap());
    let peak = figure.scene(&room, &pictures).peak.unwrap();
    assert_eq!(peak.text(), "x 4 mm, y 3 mm, Counts 34 ± 5.8 counts");
}

#[test]
fn the_peak_of_a_curve_has_a_width() {
    let x = points(&[0.0, 1.0, 2.0, 3.0, 4.0]);
    let low = series("low", x.clone(), vec![0.0, 0.0, 1.0, 0.0, 0.0]);
    let high = series("high", x, vec![0.0, 2.0, 8.0, 2.0, 0.0]);
    let mut figure = Figure::default();
    figure.presentation.shows_peak = true;
    let peak = figure
        .scene(&room(500.0, 300.0), &[curves(vec![low, high])])
        .peak
        .unwrap();
    assert_eq!(peak.name.as_deref(), Some("high"));
    let said: Vec<_> = peak.readings.iter().map(|it| it.value.as_str()).collect();
    assert_eq!(said, ["2 mm", "8 V", "1.33333 mm"]);
}

#[test]
fn a_poster_leaves_the_figure_alone_and_has_its_words() {
    let mut room = room(500.0, 300.0);
    let pictures = [image()];
    let mut figure = Figure::default();
    let before = figure.scene(&room, &pictures);
    room.theme = app::present::Theme::of(Panel::Light);
    let poster = figure.poster(&room, &pictures, &caption());
    assert_eq!(poster.background.rgb, [255, 255, 255]);
    assert!(poster.size_px[1] > 330.0 && poster.size_px[0] == 500.0);
    assert_eq!(poster.scene.layout, before.layout);
    let text = svg(&poster, "A, \"B\"", |quad| {
        Some(format!("data:{}", quad.columns.len()))
    });
    assert!(text.starts_with("<svg ") && text.trim_end().ends_with("</svg>"));
    assert!(text.contains("Panel &lt;0&gt;") && text.contains("Dummy, data until noon"));
    assert!(text.contains(r#"font-family="A, &quot;B&quot;""#));
    assert_eq!(text.matches("<image ").count(), 1);
    let [opened, closed] = ["<g", "</g>"].map(|tag| text.matches(tag).count());
    assert_eq!(opened, closed);
    assert!(!text.contains("NaN"));
}
