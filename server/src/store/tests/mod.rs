//! That what was written is read again, whole or not at all.

mod damage;
mod log;
mod schema;
mod templates;

use std::collections::BTreeMap;
use std::fs;

use shared::data::Unit;
use shared::id::{CellId, LayerId, RegionId, TemplateId, WorkflowId};
use shared::plot::Area;
use shared::region::Region;
use shared::topology::{
    Arrangement, Cell, CellGeometry, DataRole, DataSource, Grid, KeptTemplate, Layer, LayerConfig,
    StoredTemplate,
};

use super::*;

const NOW: TimeNs = TimeNs(1_700_000_000_000_000_000);

fn open(folder: &Path) -> Store {
    Store::open(folder, "dummy", NOW).expect("the folder can be used")
}

fn grid(title: &str) -> Piece {
    Piece::Grid(Grid {
        id: GridId::derived("g"),
        title: title.to_owned(),
        nrows: 24,
        ncols: 1,
        enabled: false,
        order: i32::MIN,
    })
}

fn cell(name: &str, title: Option<&str>) -> Piece {
    Piece::Cell(Cell {
        id: CellId::derived(name),
        grid: GridId::derived("g"),
        geometry: CellGeometry::between((3, 0), (4, 0)),
        title: title.map(str::to_owned),
    })
}

fn layer(cell: &str, params: &str) -> Piece {
    let workflow: WorkflowId = "dummy/w/1".parse().unwrap();
    let source = DataSource {
        workflow,
        output: "current".to_owned(),
        sources: vec!["a".to_owned(), "β".to_owned()],
    };
    Piece::Layer(Layer {
        id: LayerId::derived("l"),
        cell: CellId::derived(cell),
        order: -1,
        title: "Zähler ∑ \"'; DROP TABLE piece".to_owned(),
        config: LayerConfig {
            plotter: "lines".to_owned(),
            sources: BTreeMap::from([(DataRole::Primary, source)]),
            params: serde_json::from_str(params).unwrap(),
        },
        hidden: false,
    })
}

fn all() -> Vec<Piece> {
    vec![
        grid("Grid"),
        cell("c", None),
        layer("c", r#"{"window":{"seconds":2.5}}"#),
        region(),
    ]
}

fn region() -> Piece {
    let vertices = vec![[0.1, 0.2], [3.0, -4.5], [1e-7, 2.0]];
    Piece::Region(Region {
        id: RegionId::derived("r"),
        workflow: "dummy/w/1".parse().unwrap(),
        source: "a".to_owned(),
        name: "Peak β".to_owned(),
        colour: 11,
        area: Area::Polygon { vertices },
        units: [Unit::dimensionless(), Unit::new("mm")],
        changed_by: "page 1a2b".to_owned(),
    })
}

fn template(name: &str) -> StoredTemplate {
    StoredTemplate {
        kept: KeptTemplate {
            id: TemplateId::derived(name),
            by: "Zoë".to_owned(),
            time_ns: NOW,
        },
        title: format!("Template {name}"),
        document: format!("title: '{name}'\n"),
    }
}

fn arranged(pieces: &[Piece]) -> Arrangement {
    let mut arrangement = Arrangement::default();
    for piece in pieces {
        arrangement.put(piece.clone());
    }
    arrangement
}

fn puts(pieces: &[Piece]) -> Writes {
    Writes {
        puts: pieces.to_vec(),
        now: NOW,
        ..Writes::default()
    }
}

#[test]
fn what_was_written_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    store.write(&puts(&all())).unwrap();
    store.write(&puts(&[grid("Another title")])).unwrap();
    drop(store);
    let kept = open(folder.path()).kept().unwrap();
    let mut expected = all();
    expected[0] = grid("Another title");
    assert_eq!(kept.arrangement, arranged(&expected));
    assert_eq!(kept.unreadable, Vec::<String>::new());
}

#[test]
fn what_moves_and_what_goes_are_written_together() {
    let store = Store::in_memory();
    store.write(&puts(&all())).unwrap();
    let moved = vec![cell("d", Some("D")), layer("d", "{}")];
    store
        .write(&Writes {
            removals: vec![PieceId::Cell(CellId::derived("c"))],
            seeded: vec![GridId::derived("g")],
            ..puts(&moved)
        })
        .unwrap();
    let kept = store.kept().unwrap();
    let expected = [
        grid("Grid"),
        cell("d", Some("D")),
        layer("d", "{}"),
        region(),
    ];
    assert_eq!(kept.arrangement, arranged(&expected));
    assert!(kept.seeded.contains(&GridId::derived("g")));
}

#[test]
fn a_write_that_fails_changes_nothing_and_is_told() {
    let store = Store::in_memory();
    store.write(&puts(&all())).unwrap();
    let limit = |pages: i64| {
        let inner = store.inner();
        let set = inner
            .connection
            .pragma_update(None, "max_page_count", pages);
        set.ok();
    };
    limit(1);
    let large = layer("c", &format!(r#"{{"text":"{}"}}"#, "x".repeat(100_000)));
    let error = store.write(&puts(&[grid("New"), large])).unwrap_err();
    assert!(error.is_full(), "{error}");
    assert!(store.trouble().unwrap().contains("cannot be saved"));
    assert_eq!(store.kept().unwrap().arrangement, arranged(&all()));
    limit(1_000_000);
    store.write(&puts(&[grid("New")])).unwrap();
    assert_eq!(store.trouble(), None);
}

#[test]
fn an_answer_is_recognised_for_ten_minutes() {
    let folder = tempfile::tempdir().unwrap();
    let answered = Answered {
        key: "k".to_owned(),
        fingerprint: Uuid::from_u128(7),
        pieces: vec![PieceId::Grid(GridId::derived("g"))],
    };
    let writes = Writes {
        answered: Some(answered.clone()),
        ..puts(&all())
    };
    open(folder.path()).write(&writes).unwrap();
    let store = open(folder.path());
    let later = |seconds: i64| NOW.plus(seconds * 1_000_000_000);
    assert_eq!(store.answered("k", later(599)).unwrap(), Some(answered));
    assert_eq!(store.answered("k", later(601)).unwrap(), None);
    assert_eq!(store.answered("other", NOW).unwrap(), None);
    let now = later(601);
    store.write(&Writes { now, ..puts(&[]) }).unwrap();
    let count = "SELECT count(*) FROM answered";
    let inner = store.inner();
    let left: i64 = inner
        .connection
        .query_row(count, [], |row| row.get(0))
        .unwrap();
    assert_eq!(left, 0);
}

#[test]
fn a_folder_has_one_server() {
    let folder = tempfile::tempdir().unwrap();
    let first = open(folder.path());
    let error = Store::open(folder.path(), "dummy", NOW).unwrap_err();
    assert!(matches!(error, StoreError::InUse { .. }), "{error}");
    assert!(error.to_string().contains("--data-dir"));
    Store::open(folder.path(), "another", NOW).unwrap();
    drop(first);
    open(folder.path());
}
