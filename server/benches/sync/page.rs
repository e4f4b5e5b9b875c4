//! A session as a page holds one, without a browser: a wake connection and a connection for calls.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, Response, body::Incoming};
use hyper_util::rt::TokioIo;
use shared::id::{GridId, LayerId, SessionId};
use shared::sync::codec::MEDIA_TYPE;
use shared::sync::message::{Answer, FrameContent, PROTOCOL, SyncRequest, Wake};
use shared::version::{Revision, Stamp};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

/// What sessions saw.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) calls: u64,
    pub(super) wakes: u64,
    pub(super) frames: u64,
    pub(super) bytes: u64,
    wake_to_bytes_ms: Vec<f64>,
    arrivals: Vec<Arrival>,
}

/// When an answer was read, ns since 1970.
#[derive(Clone, Copy)]
struct Arrival {
    /// The oldest revision that it brought.
    revision: u64,
    first_byte_ns: i64,
    last_byte_ns: i64,
}

/// Which end of an answer is waited for.
#[derive(Clone, Copy)]
pub(super) enum Until {
    FirstByte,
    LastByte,
}

impl Tally {
    pub(super) fn add(&mut self, other: Self) {
        self.calls += other.calls;
        self.wakes += other.wakes;
        self.frames += other.frames;
        self.bytes += other.bytes;
        self.wake_to_bytes_ms.extend(other.wake_to_bytes_ms);
        self.arrivals.extend(other.arrivals);
    }

    /// From the announcement to the answer's last byte, ascending.
    pub(super) fn wake_to_bytes_ms(&self) -> Vec<f64> {
        sorted(self.wake_to_bytes_ms.clone())
    }

    /// From the commit of the oldest revision that an answer brought to its bytes, ascending. `commits` says when
    /// each revision was committed, ns since 1970.
    pub(super) fn commit_to_bytes_ms(
        &self,
        commits: &BTreeMap<u64, i64>,
        until: Until,
    ) -> Vec<f64> {
        let latency = |arrival: &Arrival| {
            let committed_ns = commits.get(&arrival.revision)?;
            let read_ns = match until {
                Until::FirstByte => arrival.first_byte_ns,
                Until::LastByte => arrival.last_byte_ns,
            };
            Some((read_ns - committed_ns) as f64 / 1e6)
        };
        sorted(self.arrivals.iter().filter_map(latency).collect())
    }
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values
}

/// An open session; dropping it closes its connections.
pub(super) struct Page {
    tally: Arc<Mutex<Tally>>,
    task: JoinHandle<()>,
}

impl Page {
    /// A session that looks at the grid named `instrument/grid`, or at none.
    pub(super) async fn open(address: SocketAddr, grid: Option<&str>) -> Self {
        let grid = grid.map(GridId::derived);
        let tally = Arc::new(Mutex::new(Tally::default()));
        let mut session = Session::connect(address, grid, Arc::clone(&tally)).await;
        let task = tokio::spawn(async move { session.run().await });
        Self { tally, task }
    }

    /// What was seen since the last time.
    pub(super) fn take_tally(&self) -> Tally {
        assert!(
            !self.task.is_finished(),
            "a session ended: run `beamdeck serve` to see what its server says"
        );
        std::mem::take(&mut *self.tally.lock().expect("no page panics"))
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.task.abort();
    }
}

struct Session {
    id: SessionId,
    address: SocketAddr,
    grid: Option<GridId>,
    calls: SendRequest<Full<Bytes>>,
    wakes: Incoming,
    // Kept open for the wake's stream.
    _wake_connection: SendRequest<Full<Bytes>>,
    known: Option<Stamp>,
    have: Vec<(LayerId, Revision)>,
    tally: Arc<Mutex<Tally>>,
}

impl Session {
    async fn connect(address: SocketAddr, grid: Option<GridId>, tally: Arc<Mutex<Tally>>) -> Self {
        let id = SessionId::random();
        let calls = connection(address).await;
        let mut wake_connection = connection(address).await;
        let request =
            Request::get(format!("/api/v1/wake?session={id}")).header("host", address.to_string());
        let request = request.body(Full::default()).expect("a proper request");
        let wakes = wake_connection
            .send_request(request)
            .await
            .expect("it answers")
            .into_body();
        Self {
            id,
            address,
            grid,
            calls,
            wakes,
            _wake_connection: wake_connection,
            known: None,
            have: Vec::new(),
            tally,
        }
    }

    async fn run(&mut self) {
        self.call(Instant::now()).await;
        while let Some(Ok(frame)) = self.wakes.frame().await {
            let woken = Instant::now();
            let Ok(chunk) = frame.into_data() else {
                continue;
            };
            self.tally.lock().expect("no page panics").wakes += 1;
            let Some(wake) = newest_wake(&chunk) else {
                continue;
            };
            let concerns = wake.sessions.get(&self.id).copied().unwrap_or_default();
            if self
                .known
                .is_none_or(|known| known.epoch != wake.epoch || known.revision < concerns)
            {
                self.call(woken).await;
            }
        }
    }

    async fn call(&mut self, woken: Instant) {
        let request = SyncRequest {
            protocol: PROTOCOL,
            session: self.id,
            name: None,
            known: self.known,
            grid: self.grid,
            also: Vec::new(),
            have: self.have.clone(),
            notices: None,
            budget_bytes: None,
        };
        let body = serde_json::to_vec(&request).expect("a call is JSON");
        let request = Request::post("/api/v1/sync")
            .header("host", "127.0.0.1")
            .header("accept", MEDIA_TYPE);
        let request = request.body(Full::from(body)).expect("a proper request");
        // The server lets go of connections that are not used for long.
        if self.calls.ready().await.is_err() {
            self.calls = connection(self.address).await;
        }
        let response: Response<Incoming> = self
            .calls
            .send_request(request)
            .await
            .expect("the server answers");
        assert!(response.status().is_success(), "{}", response.status());
        let Read {
            head,
            bytes,
            first_byte_ns,
        } = read(response.into_body()).await;
        let last_byte_ns = unix_ns();
        let answer = envelope(&head);
        let before = self.known.replace(answer.stamp);
        for update in &answer.frames {
            self.have.retain(|(layer, _)| *layer != update.layer);
            if update.content != FrameContent::None {
                self.have.push((update.layer, update.version));
            }
        }
        let mut tally = self.tally.lock().expect("no page panics");
        tally.calls += 1;
        tally.frames += answer.frames.len() as u64;
        tally.bytes += bytes;
        tally
            .wake_to_bytes_ms
            .push(woken.elapsed().as_secs_f64() * 1e3);
        if let Some(known) = before.filter(|it| it.revision < answer.stamp.revision) {
            tally.arrivals.push(Arrival {
                revision: known.revision.0 + 1,
                first_byte_ns,
                last_byte_ns,
            });
        }
    }
}

/// An answer that was read to its end.
struct Read {
    /// Its beginning, the envelope at least.
    head: Vec<u8>,
    bytes: u64,
    first_byte_ns: i64,
}

/// Reads an answer and keeps no more of it than its envelope.
async fn read(mut body: Incoming) -> Read {
    let (mut head, mut bytes, mut first_byte_ns) = (Vec::new(), 0, None);
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.expect("the answer is whole").into_data() else {
            continue;
        };
        first_byte_ns.get_or_insert_with(unix_ns);
        bytes += data.len() as u64;
        if head.len() < envelope_end(&head) {
            head.extend_from_slice(&data);
        }
    }
    Read {
        head,
        bytes,
        first_byte_ns: first_byte_ns.expect("an envelope"),
    }
}

fn unix_ns() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.expect("the clock is right").as_nanos() as i64
}

async fn connection(address: SocketAddr) -> SendRequest<Full<Bytes>> {
    let stream = TcpStream::connect(address)
        .await
        .expect("the server listens");
    stream.set_nodelay(true).expect("a TCP socket");
    let (sender, connection) = handshake(TokioIo::new(stream))
        .await
        .expect("it speaks HTTP");
    tokio::spawn(connection);
    sender
}

/// Where the envelope of a packet ends, as far as `head` tells.
fn envelope_end(head: &[u8]) -> usize {
    let length = head.first_chunk::<4>();
    length.map_or(4, |length| 4 + u32::from_le_bytes(*length) as usize)
}

/// The envelope of a packet; the frames stay as they are.
fn envelope(head: &[u8]) -> Answer {
    postcard::from_bytes(&head[4..envelope_end(head)]).expect("an answer")
}

/// The last of the announcements in a chunk of the stream.
fn newest_wake(chunk: &[u8]) -> Option<Wake> {
    let text = std::str::from_utf8(chunk).ok()?;
    let data = text
        .lines()
        .rev()
        .find_map(|line| line.strip_prefix("data: "))?;
    serde_json::from_str(data).ok()
}
