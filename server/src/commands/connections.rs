//! Connections: accepted, served over HTTP/1.1, and ended when the server stops.
//!
//! `axum::serve` would do, but it finds out which HTTP is spoken by reading 24 bytes apart. The buffer for reading, which
//! stays as long as its connection, doubles for what follows: 8 KiB more for each of a session's two connections.

use std::io;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};

/// How long a client may take for the head of a request, and how long a connection without one is kept.
///
/// Pages that make no calls let go of theirs; browsers connect again by themselves.
pub(super) const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// More than cookies of other services on the same machine take. Beyond it the answer is 431.
const MAX_HEAD_BYTES: usize = 64 << 10;
/// Until there may be room for another connection.
const PAUSE: Duration = Duration::from_secs(1);

/// Serves `router` until `stop` and until all that was asked by then is answered.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    head_timeout: Duration,
    stop: impl Future<Output = ()>,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(head_timeout)
        .max_header_size(MAX_HEAD_BYTES);
    // Connections share this router's routes; they would each make their own out of one without a state.
    let service = TowerToHyperService::new(router.with_state::<()>(()));
    let open = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let connection = tokio::select! {
            connection = accept(&listener) => connection,
            () = &mut stop => break,
        };
        let connection = http.serve_connection(TokioIo::new(connection), service.clone());
        let connection = open.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!("a connection ended early: {error}");
            }
        });
    }
    drop(listener);
    open.shutdown().await;
}

/// The next connection, however long it takes.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((connection, _)) => {
                // Wakes are small and must not wait to be sent together with what follows.
                if let Err(error) = connection.set_nodelay(true) {
                    tracing::debug!("cannot turn off Nagle's algorithm: {error}");
                }
                return connection;
            }
            Err(error) if is_of_client(&error) => {}
            Err(error) => {
                tracing::error!(
                    "cannot accept connections: {error}; allow the server more open files (ulimit -n) if there are too many"
                );
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Whether the client was gone before it was accepted. Anything else, such as too many open files, would come again at once.
fn is_of_client(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
    )
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::net::SocketAddr;

    use axum::body::{Body, Bytes};
    use axum::extract::DefaultBodyLimit;
    use axum::routing::{get, post};
    use futures_util::stream;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::sync::oneshot;
    use tokio::task::JoinHandle;
    use tokio::time::timeout;

    use super::*;

    const SOON: Duration = Duration::from_secs(10);
    const BRIEF: Duration = Duration::from_millis(200);

    /// A server of small answers, of one that goes on for three times `BRIEF`, and of one that never ends.
    struct Server {
        address: SocketAddr,
        stop: oneshot::Sender<()>,
        served: JoinHandle<()>,
    }

    impl Server {
        async fn start(head_timeout: Duration) -> Self {
            let three = || stream::unfold(0, after_a_while);
            let endless = || stream::pending::<Result<Bytes, Infallible>>();
            let router = Router::new()
                .route("/", get(|| async { "here" }))
                .route(
                    "/length",
                    post(|body: Bytes| async move { body.len().to_string() }),
                )
                .route(
                    "/three",
                    get(move || async move { Body::from_stream(three()) }),
                )
                .route(
                    "/endless",
                    get(move || async move { Body::from_stream(endless()) }),
                )
                .layer(DefaultBodyLimit::disable());
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
            let address = listener.local_addr().expect("it is bound");
            let (stop, stopped) = oneshot::channel();
            let served = tokio::spawn(serve(listener, router, head_timeout, async {
                stopped.await.ok();
            }));
            Self {
                address,
                stop,
                served,
            }
        }

        async fn connect(&self) -> TcpStream {
            let connection = TcpStream::connect(self.address).await;
            connection.expect("it listens there")
        }
    }

    async fn after_a_while(told: u8) -> Option<(Result<&'static str, Infallible>, u8)> {
        tokio::time::sleep(BRIEF).await;
        (told < 3).then_some((Ok("part "), told + 1))
    }

    async fn send(connection: &mut TcpStream, text: &str) {
        let sent = connection.write_all(text.as_bytes()).await;
        sent.expect("it is open");
    }

    /// What comes until `end` does, or until the connection ends.
    async fn told(connection: &mut TcpStream, end: &str) -> String {
        let mut told = String::new();
        let read = async {
            let mut part = [0; 1024];
            while !told.ends_with(end) || end.is_empty() {
                match connection.read(&mut part).await {
                    Ok(0) | Err(_) => return,
                    Ok(n) => told.push_str(&String::from_utf8_lossy(&part[..n])),
                }
            }
        };
        let in_time = timeout(SOON, read).await;
        in_time.expect("the server answers or ends the connection");
        told
    }

    #[tokio::test]
    async fn a_connection_is_kept_from_request_to_request_of_any_size() {
        let server = Server::start(SOON).await;
        let mut connection = server.connect().await;
        let cookie = "c".repeat(40_000);
        let length = 3 << 20;
        for _ in 0..2 {
            let request = format!("GET / HTTP/1.1\r\nHost: h\r\nCookie: {cookie}\r\n\r\n");
            send(&mut connection, &request).await;
            assert!(told(&mut connection, "here").await.contains(" 200 OK\r\n"));
            let head =
                format!("POST /length HTTP/1.1\r\nHost: h\r\nContent-Length: {length}\r\n\r\n");
            send(&mut connection, &head).await;
            send(&mut connection, &"b".repeat(length)).await;
            let answer = told(&mut connection, &length.to_string()).await;
            assert!(answer.contains(" 200 OK\r\n"), "{answer}");
        }
    }

    #[tokio::test]
    async fn a_head_that_is_too_large_is_told_so() {
        let server = Server::start(SOON).await;
        let mut connection = server.connect().await;
        let cookie = "c".repeat(MAX_HEAD_BYTES);
        let request = format!("GET / HTTP/1.1\r\nHost: h\r\nCookie: {cookie}\r\n\r\n");
        send(&mut connection, &request).await;
        let answer = told(&mut connection, "").await;
        assert!(answer.starts_with("HTTP/1.1 431 "), "{answer}");
    }

    #[tokio::test]
    async fn who_takes_too_long_to_ask_is_let_go_and_who_listens_is_not() {
        let server = Server::start(2 * BRIEF).await;
        let mut silent = server.connect().await;
        let mut slow = server.connect().await;
        let mut listens = server.connect().await;
        send(&mut slow, "GET / HTTP/1.1\r\nHo").await;
        send(&mut listens, "GET /three HTTP/1.1\r\nHost: h\r\n\r\n").await;
        assert_eq!(told(&mut silent, "").await, "");
        assert_eq!(told(&mut slow, "").await, "");
        let answer = told(&mut listens, "0\r\n\r\n").await;
        assert_eq!(answer.matches("part ").count(), 3, "{answer}");
    }

    #[tokio::test]
    async fn a_stop_ends_what_waits_and_finishes_what_is_answered() {
        let server = Server::start(SOON).await;
        let mut silent = server.connect().await;
        let mut idle = server.connect().await;
        let mut listens = server.connect().await;
        send(&mut idle, "GET / HTTP/1.1\r\nHost: h\r\n\r\n").await;
        told(&mut idle, "here").await;
        send(&mut listens, "GET /three HTTP/1.1\r\nHost: h\r\n\r\n").await;
        told(&mut listens, "part \r\n").await;
        server.stop.send(()).expect("it runs");
        assert_eq!(told(&mut silent, "").await, "");
        assert_eq!(told(&mut idle, "").await, "");
        let rest = told(&mut listens, "").await;
        assert!(rest.ends_with("0\r\n\r\n"), "{rest}");
        let ended = timeout(SOON, server.served).await;
        ended.expect("nothing is open").expect("no panic");
        let refused = TcpStream::connect(server.address).await;
        assert!(refused.is_err(), "nobody listens any more");
    }

    #[tokio::test]
    async fn an_answer_without_end_keeps_the_server_until_it_is_dropped() {
        let server = Server::start(SOON).await;
        let mut listens = server.connect().await;
        send(&mut listens, "GET /endless HTTP/1.1\r\nHost: h\r\n\r\n").await;
        told(&mut listens, "\r\n\r\n").await;
        server.stop.send(()).expect("it runs");
        let mut served = server.served;
        assert!(timeout(BRIEF, &mut served).await.is_err());
        drop(listens);
        let ended = timeout(SOON, served).await;
        ended.expect("nothing is open").expect("no panic");
    }

    #[test]
    fn a_client_that_is_gone_holds_nobody_up_and_too_many_files_do() {
        assert!(is_of_client(&io::ErrorKind::ConnectionAborted.into()));
        // EMFILE, on every Unix.
        assert!(!is_of_client(&io::Error::from_raw_os_error(24)));
    }
}
