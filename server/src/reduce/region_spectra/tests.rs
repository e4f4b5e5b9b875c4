//! Spectra against counting by hand: which pixels, when, and over which time.

use shared::id::RegionId;
use shared::plot::Area;
use shared::time::TimeNs;

use super::*;

fn region(name: &str, area: Area) -> Region {
    Region {
        id: RegionId::derived(name),
        workflow: "dummy/w/1".parse().expect("an id"),
        source: "a".to_owned(),
        name: name.to_owned(),
        colour: 3,
        area,
        units: [Unit::dimensionless(), Unit::dimensionless()],
        changed_by: "a test".to_owned(),
    }
}

fn rectangle(x: [f64; 2], y: [f64; 2]) -> Area {
    Area::Rectangle { x, y }
}

/// An image of 4 rows of 5 with 2 bins: pixel `p` has `p` and `100 p` counts.
fn table() -> Vec<u32> {
    (0..20).flat_map(|pixel| [pixel, 100 * pixel]).collect()
}

fn spectra() -> RegionSpectra {
    let panel = Panel {
        first_pixel_id: 0,
        dims: vec!["y".to_owned(), "x".to_owned()],
        shape: vec![4, 5],
    };
    let edges = ToaEdges {
        num_bins: 2,
        ..ToaEdges::default()
    };
    RegionSpectra::new(&panel, &edges).expect("two axes")
}

fn span(start: i64, end: i64) -> Span {
    let interval = |start, end| TimeInterval {
        start: TimeNs(start),
        end: TimeNs(end),
    };
    Span {
        window: interval(start, end),
        since_start: interval(0, end),
    }
}

type Results = Vec<(&'static str, DataArray)>;

/// Counts of an output, and the end points of the time that they cover.
fn told(results: &Results, output: &Pair) -> Vec<(Vec<f64>, [i64; 2])> {
    let of_output = results.iter().filter(|(name, _)| *name == output.0);
    of_output
        .map(|(_, array)| {
            array.validate().expect("a proper array");
            let time = [array.time.start.0, array.time.end.0];
            (array.values.to_f64(), time)
        })
        .collect()
}

struct Pair(&'static str);

const SUM: Pair = Pair(REGION_SPECTRA.cumulative);
const WINDOW: Pair = Pair(REGION_SPECTRA.window);

#[test]
fn pixels_belong_to_a_region_if_their_middles_do() {
    let pixels = |area| {
        let stretches = pixels_in(&area, [4, 5]);
        stretches.into_iter().flatten().collect::<Vec<_>>()
    };
    assert_eq!(pixels(rectangle([1.0, 2.0], [0.0, 1.0])), [1, 2, 6, 7]);
    assert_eq!(pixels(rectangle([0.6, 2.4], [0.6, 1.4])), [6, 7]);
    assert_eq!(pixels(rectangle([-9.0, 0.0], [2.5, 99.0])), [15]);
    assert_eq!(pixels(rectangle([7.0, 9.0], [-5.0, -2.0])), [0_usize; 0]);
    let disc = Area::Ellipse {
        centre: [2.0, 1.0],
        radii: [1.0, 1.0],
    };
    assert_eq!(pixels(disc), [2, 6, 7, 8, 12]);
    let triangle = Area::Polygon {
        vertices: vec![[0.0, 0.0], [4.0, 0.0], [0.0, 3.0]],
    };
    assert_eq!(pixels(triangle), [0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 15]);
    let everything = rectangle([-1e9, 1e9], [-1e9, 1e9]);
    let pixels = pixels_in(&everything, [4, 5]);
    assert_eq!((pixels.len(), pixels[0].clone()), (1, 0..20), "one stretch");
}

#[test]
fn spectra_are_of_all_that_was_accumulated_and_windows_of_what_is_new() {
    let mut spectra = spectra();
    let mut table = table();
    let nothing = spectra.publish(&table, &span(0, 10));
    assert_eq!(told(&nothing, &SUM), [(vec![], [0, 10])], "there are none");
    assert_eq!(spectra.publish(&table, &span(10, 20)), []);
    spectra.set(&[
        region("a", rectangle([1.0, 2.0], [0.0, 0.0])),
        region("b", rectangle([4.0, 4.0], [3.0, 3.0])),
    ]);
    let first = spectra.publish(&table, &span(20, 30));
    assert_eq!(
        told(&first, &SUM),
        [(vec![3.0, 300.0, 19.0, 1900.0], [0, 30])]
    );
    assert_eq!(told(&first, &WINDOW), [], "it is not known what was before");
    table[2] += 7;
    table[39] += 1;
    let second = spectra.publish(&table, &span(30, 40));
    assert_eq!(
        told(&second, &SUM),
        [(vec![10.0, 300.0, 19.0, 1901.0], [0, 40])]
    );
    assert_eq!(
        told(&second, &WINDOW),
        [(vec![7.0, 0.0, 0.0, 1.0], [30, 40])]
    );
    let CoordValues::Labels(labels) = &second[0].1.coords[0].values else {
        panic!("labels")
    };
    assert_eq!((&*labels[1].name, labels[1].colour), ("b", Some(3)));
}

#[test]
fn the_first_window_of_a_new_job_is_whole() {
    let mut spectra = spectra();
    spectra.set(&[region("a", rectangle([1.0, 1.0], [0.0, 0.0]))]);
    let results = spectra.publish(&table(), &span(5, 10));
    assert_eq!(told(&results, &WINDOW), [(vec![1.0, 100.0], [5, 10])]);
}

/// The counts of each region in the newest window, under its name.
fn windows(results: &Results) -> Vec<(String, Vec<f64>)> {
    let window = results.iter().find(|(name, _)| *name == WINDOW.0);
    let (_, array) = window.expect("a window");
    let CoordValues::Labels(labels) = &array.coords[0].values else {
        panic!("labels")
    };
    let counts = array.values.to_f64();
    let rows = labels.iter().zip(counts.chunks(2));
    rows.map(|(label, row)| (label.name.to_string(), row.to_vec()))
        .collect()
}

#[test]
fn what_others_change_leaves_a_window_whole_in_every_slot() {
    let mut spectra = spectra();
    let mut table = table();
    let still = || region("still", rectangle([1.0, 2.0], [0.0, 0.0]));
    spectra.set(&[still()]);
    spectra.publish(&table, &span(0, 10));
    for slot in 1..6_i64 {
        let end = slot as f64 % 4.0;
        let mut regions = vec![still(), region("moving", rectangle([0.0, end], [1.0, 1.0]))];
        if slot == 3 {
            regions.reverse();
        }
        // Counts on both sides of the change, within the slot.
        table[2] += 7;
        spectra.set(&regions);
        table[5] += 1;
        let results = spectra.publish(&table, &span(10 * slot, 10 * slot + 10));
        let told = windows(&results);
        assert!(
            told.contains(&("still".to_owned(), vec![7.0, 1.0])),
            "{told:?}"
        );
        assert_eq!(told.len(), if slot == 1 { 1 } else { 2 }, "slot {slot}");
    }
}

#[test]
fn the_window_of_what_a_hand_drags_is_that_of_the_shape_with_which_it_began() {
    let pixel = |x: f64| rectangle([x, x], [0.0, 0.0]);
    let mut spectra = spectra();
    let mut table = table();
    spectra.set(&[region("a", pixel(0.0))]);
    spectra.publish(&table, &span(0, 10));
    for slot in 1..5_i64 {
        // Pixel `x` gets `x + 1` counts before the change and 10 after it.
        let mut count = |extra| (0..5).for_each(|x| table[2 * x] += extra * (1 + x as u32 % 5));
        count(1);
        spectra.set(&[region("a", pixel(slot as f64))]);
        count(10);
        let results = spectra.publish(&table, &span(10 * slot, 10 * slot + 10));
        // As of one that had been there all the time, a slot later than the sum.
        let expected = (vec![11.0 * slot as f64, 0.0], [10 * slot, 10 * slot + 10]);
        assert_eq!(told(&results, &WINDOW), [expected]);
        let sum = f64::from(table[2 * slot as usize]);
        let sums = told(&results, &SUM);
        assert_eq!(sums[0].0[0], sum);
        let editions = |output: &Pair| {
            let (_, array) = results.iter().find(|(name, _)| *name == output.0)?;
            match &array.coords[0].values {
                CoordValues::Labels(labels) => Some(labels[0].edition),
                _ => None,
            }
        };
        assert_ne!(editions(&SUM), editions(&WINDOW), "it says which shape");
    }
    let results = spectra.publish(&table, &span(50, 60));
    assert_eq!(told(&results, &WINDOW), [(vec![0.0, 0.0], [50, 60])]);
}

#[test]
fn a_window_bears_the_name_of_now_and_ends_with_its_region() {
    let mut spectra = spectra();
    let mut table = table();
    let area = || rectangle([1.0, 1.0], [0.0, 0.0]);
    spectra.set(&[region("a", area()), region("b", area())]);
    spectra.publish(&table, &span(0, 10));
    let mut renamed = region("a", area());
    renamed.name = "Peak".to_owned();
    spectra.set(&[renamed]);
    table[2] += 4;
    let results = spectra.publish(&table, &span(10, 20));
    assert_eq!(windows(&results), [("Peak".to_owned(), vec![4.0, 0.0])]);
    spectra.set(&[]);
    let results = spectra.publish(&table, &span(20, 30));
    assert_eq!(windows(&results), []);
}

#[test]
fn a_change_between_skipped_slots_costs_the_others_nothing() {
    let mut spectra = spectra();
    let mut table = table();
    let area = || rectangle([1.0, 1.0], [0.0, 0.0]);
    spectra.set(&[region("a", area())]);
    spectra.publish(&table, &span(0, 10));
    let shape = spectra.spectra[0].shape.clone();
    spectra.spectra[0].shape.pixels = std::iter::once(0..COUNTERS_PER_SLOT).collect();
    table[2] += 4;
    assert_eq!(spectra.publish(&table, &span(10, 20)), [], "skipped");
    spectra.spectra[0].shape = shape;
    spectra.set(&[region("a", area()), region("b", area())]);
    spectra.publish_changed(&table, &span(10, 20));
    table[2] += 1;
    let results = spectra.publish(&table, &span(20, 30));
    assert_eq!(told(&results, &WINDOW), [(vec![5.0, 0.0], [10, 30])]);
}

#[test]
fn changes_while_no_data_come_are_shown_at_once() {
    let mut spectra = spectra();
    let table = table();
    spectra.publish(&table, &span(0, 10));
    spectra.set(&[region("a", rectangle([1.0, 1.0], [0.0, 0.0]))]);
    let results = spectra.publish_changed(&table, &span(0, 10));
    assert_eq!(told(&results, &SUM), [(vec![1.0, 100.0], [0, 10])]);
    assert_eq!(spectra.publish_changed(&table, &span(0, 10)), []);
    let next = spectra.publish(&table, &span(10, 20));
    assert_eq!(told(&next, &WINDOW), [(vec![0.0, 0.0], [10, 20])]);
}

#[test]
fn costly_spectra_take_several_slots_and_lose_nothing() {
    let mut spectra = spectra();
    let table = table();
    spectra.set(&[region("a", rectangle([1.0, 1.0], [0.0, 0.0]))]);
    let shape = spectra.spectra[0].shape.clone();
    spectra.spectra[0].shape.pixels = std::iter::once(0..COUNTERS_PER_SLOT).collect();
    assert_eq!(spectra.slots_needed(), 2);
    assert_eq!(spectra.publish(&table, &span(0, 10)), []);
    spectra.spectra[0].shape = shape;
    let results = spectra.publish(&table, &span(10, 20));
    assert_eq!(told(&results, &WINDOW), [(vec![1.0, 100.0], [0, 20])]);
}

#[test]
fn another_shape_under_the_same_name_is_another_edition() {
    let own = |region: &Region| label(region, &region.area);
    let at = |x| own(&region("a", rectangle([0.0, x], [0.0, 1.0])));
    assert_eq!(at(1.0), at(1.0));
    assert_ne!(at(1.0).edition, at(2.0).edition);
    let mut region = region("a", rectangle([0.0, 1.0], [0.0, 1.0]));
    region.name = "b".to_owned();
    assert_eq!(own(&region).edition, at(1.0).edition);
}

#[test]
fn units_that_convert_are_converted() {
    let mut spectra = spectra();
    let mut converted = region("a", rectangle([1.0, 1.0], [0.0, 0.0]));
    converted.units = [Unit::new("1"), Unit::dimensionless()];
    spectra.set(&[converted]);
    assert_eq!(spectra.warning(), None);
    let results = spectra.publish(&table(), &span(0, 10));
    assert_eq!(told(&results, &WINDOW), [(vec![1.0, 100.0], [0, 10])]);
}

#[test]
fn regions_whose_units_do_not_convert_have_no_spectrum_and_it_is_said() {
    let mut spectra = spectra();
    let mut foreign = region("a", rectangle([0.0, 1.0], [0.0, 1.0]));
    foreign.units[1] = Unit::new("mm");
    spectra.set(&[foreign, region("b", rectangle([0.0, 0.0], [0.0, 0.0]))]);
    assert_eq!(spectra.spectra.len(), 1);
    assert!(
        spectra
            .warning()
            .expect("one is left out")
            .contains("units")
    );
}
