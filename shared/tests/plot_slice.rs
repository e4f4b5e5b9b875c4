//! What holds for planes through arrays, whatever their shape: what is drawn at a place is the value that lies there.

use std::ops::Range;

use proptest::prelude::*;
use shared::data::Coord;
use shared::plot::{Plane, PlaneError};

/// Shapes of so many dimensions; some are empty.
fn shapes(dims: Range<usize>) -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(prop_oneof![1 => Just(0_usize), 30 => 1..6_usize], dims)
}

/// A shape whose dimensions are given to rows and columns, in any order.
fn flattened() -> impl Strategy<Value = (Vec<usize>, Vec<usize>, Vec<usize>)> {
    shapes(1..6).prop_flat_map(|shape| {
        let n_dims = shape.len();
        let dims = Just((0..n_dims).collect::<Vec<_>>()).prop_shuffle();
        (Just(shape), dims, 0..=n_dims).prop_map(|(shape, mut rows, n_rows)| {
            let columns = rows.split_off(n_rows);
            (shape, rows, columns)
        })
    })
}

/// Dimensions side by side, as read-outs name their places; each is called by its number.
fn axis(shape: &[usize], dims: &[usize]) -> Coord {
    let parts = dims
        .iter()
        .map(|dim| Coord::index(&dim.to_string(), shape[*dim]));
    Coord::flat(&parts.collect::<Vec<_>>())
}

/// Writes where element `i` of an axis lies in each of the array's dimensions.
fn locate(axis: &Coord, i: usize, place: &mut [usize]) {
    for (part, index) in axis.parts(i) {
        let dim: usize = part.dim.parse().expect("dimensions are called by number");
        place[dim] = index;
    }
}

/// The element at a place of an array whose elements are numbered, the last dimension running fastest.
fn element(shape: &[usize], place: &[usize]) -> usize {
    let dims = shape.iter().zip(place);
    dims.fold(0, |outer, (len, index)| outer * len + index)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_flat_plane_shows_each_element_at_the_place_that_is_read_out(
        (shape, rows, columns) in flattened(),
    ) {
        let plane = Plane::flatten(&shape, &rows, &columns).expect("each dimension once");
        let [y, x] = [&rows, &columns].map(|dims| axis(&shape, dims));
        prop_assert_eq!((plane.n_rows(), plane.n_columns()), (y.len(), x.len()));
        let mut place = vec![usize::MAX; shape.len()];
        for row in 0..y.len() {
            locate(&y, row, &mut place);
            for column in 0..x.len() {
                locate(&x, column, &mut place);
                prop_assert_eq!(plane.index(row, column), element(&shape, &place), "{:?}", place);
            }
        }
    }

    #[test]
    fn a_flat_plane_has_every_element_once((shape, rows, columns) in flattened()) {
        let plane = Plane::flatten(&shape, &rows, &columns).expect("each dimension once");
        let mut indices: Vec<usize> = plane.indices().collect();
        indices.sort_unstable();
        prop_assert!(indices.into_iter().eq(0..shape.iter().product()));
    }

    #[test]
    fn a_slice_shows_each_element_of_one_index_at_its_place(
        (shape, dim, index) in (shapes(3..4), 0..3_usize, 0..8_usize),
    ) {
        let plane = match Plane::slice(&shape, dim, index) {
            Ok(plane) => plane,
            Err(error) => {
                // A position beyond the end draws nothing; who moves it stops it at the last.
                prop_assert_eq!(error, PlaneError::NoSuchIndex { index, len: shape[dim] });
                prop_assert!(index >= shape[dim]);
                return Ok(());
            }
        };
        let others: Vec<usize> = (0..3).filter(|other| *other != dim).collect();
        prop_assert_eq!([plane.n_rows(), plane.n_columns()], [shape[others[0]], shape[others[1]]]);
        let mut place = [index; 3];
        let mut told = plane.indices();
        for row in 0..plane.n_rows() {
            place[others[0]] = row;
            for column in 0..plane.n_columns() {
                place[others[1]] = column;
                let element = element(&shape, &place);
                prop_assert_eq!(plane.index(row, column), element, "{:?}", place);
                prop_assert_eq!(told.next(), Some(element));
            }
        }
        prop_assert_eq!(told.next(), None);
    }

    #[test]
    fn all_slices_along_a_dimension_are_the_whole_array(
        (shape, dim) in (shapes(3..4), 0..3_usize),
    ) {
        let slices = (0..shape[dim]).map(|index| Plane::slice(&shape, dim, index));
        let slices: Vec<Plane> = slices.collect::<Result<_, _>>().expect("all are within");
        let mut indices: Vec<usize> = slices.iter().flat_map(Plane::indices).collect();
        indices.sort_unstable();
        prop_assert!(indices.into_iter().eq(0..shape.iter().product()));
    }
}
