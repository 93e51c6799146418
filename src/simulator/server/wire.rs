//! The stream under the HTTP server, which can be told to cut, to trickle, or to end badly.

use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};
use tokio_rustls::server::TlsStream;

use crate::simulator::answer::Ending;

/// How the next bytes go out.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum Mode {
    /// As they come.
    #[default]
    Whole,
    /// So many more, then the connection breaks.
    CutAfter(usize),
    /// One at a time, with this pause.
    Trickle(Duration),
    /// Nothing more.
    Ended(Ending),
}

/// The handle by which the answer tells the stream how to behave.
#[derive(Debug, Clone, Default)]
pub(super) struct Tap(Arc<Mutex<Mode>>);

impl Tap {
    pub(super) fn set(&self, mode: Mode) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = mode;
    }

    fn mode(&self) -> Mode {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A TLS connection with a tap.
pub(super) struct Wire {
    inner: TlsStream<TcpStream>,
    tap: Tap,
    pause: Option<Pin<Box<Sleep>>>,
}

impl Wire {
    pub(super) fn new(inner: TlsStream<TcpStream>, tap: Tap) -> Self {
        Self {
            inner,
            tap,
            pause: None,
        }
    }

    fn broken() -> io::Error {
        io::Error::new(io::ErrorKind::BrokenPipe, "cut on purpose")
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if matches!(self.tap.mode(), Mode::Ended(Ending::Reset)) {
            // Closing with linger zero sends RST; if it cannot be set, the end is a plain one.
            drop(self.inner.get_ref().0.set_zero_linger());
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, into)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.tap.mode() {
            Mode::Whole => Pin::new(&mut self.inner).poll_write(context, bytes),
            Mode::Ended(_) => Poll::Ready(Err(Self::broken())),
            Mode::CutAfter(0) => {
                // What was let through has to arrive.
                ready!(Pin::new(&mut self.inner).poll_flush(context))?;
                Poll::Ready(Err(Self::broken()))
            }
            Mode::CutAfter(left) => {
                let part = bytes.get(..left).unwrap_or(bytes);
                let written = ready!(Pin::new(&mut self.inner).poll_write(context, part))?;
                self.tap.set(Mode::CutAfter(left.saturating_sub(written)));
                Poll::Ready(Ok(written))
            }
            Mode::Trickle(pause) => {
                let this = &mut *self;
                if let Some(sleeping) = &mut this.pause {
                    ready!(sleeping.as_mut().poll(context));
                    this.pause = None;
                }
                let part = bytes.get(..1).unwrap_or(bytes);
                let written = ready!(Pin::new(&mut this.inner).poll_write(context, part))?;
                this.pause = Some(Box::pin(sleep(pause)));
                Poll::Ready(Ok(written))
            }
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }
}
