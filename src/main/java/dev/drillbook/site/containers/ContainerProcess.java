package dev.drillbook.site.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program in a container of its own, which is removed once it has ended. */
final class ContainerProcess extends Process {
  private static final int PIPE_BYTES = 64 * 1024;
  private static final Duration ATTACHED_WITHIN = Duration.ofSeconds(30);
  private static final Duration READ_WITHIN = Duration.ofSeconds(10);
  private static final Duration FOR_EVER = Duration.ofDays(365);

  private final Container container;
  private final Output output;
  private Integer exitValue;

  private ContainerProcess(Container container, Output output) {
    this.container = container;
    this.output = output;
  }

  /**
   * Starts it.
   *
   * @param container which was made and not started
   * @throws IOException if it cannot be
   */
  static ContainerProcess start(DockerClient docker, Container container) throws IOException {
    return start(docker, container, ATTACHED_WITHIN);
  }

  /** The same, with an engine that has that long to say that what it writes will be passed on. */
  static ContainerProcess start(DockerClient docker, Container container, Duration limit)
      throws IOException {
    Output output = new Output();
    try {
      boolean attached =
          docker
              .attachContainerCmd(container.id())
              .withStdOut(true)
              .withStdErr(true)
              .withFollowStream(true)
              .exec(output)
              .awaitStarted(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!attached) {
        output.close();
        container.remove();
        throw new IOException(
            "Docker's engine has not opened the output of "
                + container.describe()
                + " within "
                + limit.toMillis()
                + " ms");
      }
      container.start();
      return new ContainerProcess(container, output);
    } catch (InterruptedException e) {
      container.remove();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (RuntimeException e) {
      container.remove();
      throw new IOException(e.getMessage(), e);
    }
  }

  /** What it writes, in two pipes. */
  private static final class Output extends ResultCallback.Adapter<Frame> {
    private final PipedOutputStream out = new PipedOutputStream();
    private final PipedOutputStream err = new PipedOutputStream();
    private final InputStream fromOut;
    private final InputStream fromErr;

    Output() throws IOException {
      fromOut = new PipedInputStream(out, PIPE_BYTES);
      fromErr = new PipedInputStream(err, PIPE_BYTES);
    }

    @Override
    public void onNext(Frame frame) {
      try {
        OutputStream pipe = frame.getStreamType() == StreamType.STDERR ? err : out;
        pipe.write(frame.getPayload());
        pipe.flush(); // Or its reader looks only once a second.
      } catch (IOException readerHasGone) {
        // Nobody wants to know.
      }
    }

    @Override
    public void onComplete() {
      closePipes();
      super.onComplete();
    }

    @Override
    public void onError(Throwable problem) {
      closePipes();
      super.onError(problem);
    }

    private void closePipes() {
      try (out;
          err) {
        out.flush();
        err.flush();
      } catch (IOException readerHasGone) {
        // As above.
      }
    }
  }

  @Override
  public OutputStream getOutputStream() {
    return OutputStream.nullOutputStream();
  }

  @Override
  public InputStream getInputStream() {
    return output.fromOut;
  }

  @Override
  public InputStream getErrorStream() {
    return output.fromErr;
  }

  @Override
  public int waitFor() throws InterruptedException {
    waitFor(FOR_EVER.toSeconds(), TimeUnit.SECONDS);
    return exitValue();
  }

  /** All that it has written can be read when this returns true. */
  @Override
  public boolean waitFor(long limit, TimeUnit unit) throws InterruptedException {
    if (!container.awaitEnd(Duration.of(limit, unit.toChronoUnit()))) {
      return false;
    }
    ended();
    return true;
  }

  private synchronized void ended() throws InterruptedException {
    if (exitValue == null) {
      try {
        int code = container.exitCode();
        output.awaitCompletion(READ_WITHIN.toSeconds(), TimeUnit.SECONDS);
        exitValue = code;
      } finally {
        container.remove();
      }
    }
  }

  @Override
  public synchronized int exitValue() {
    if (exitValue == null) {
      throw new IllegalThreadStateException("it runs");
    }
    return exitValue;
  }

  @Override
  public synchronized boolean isAlive() {
    return exitValue == null && container.isRunning();
  }

  /** Its container is gone with it; what it had started too. */
  @Override
  public void destroy() {
    container.remove();
  }

  @Override
  public Process destroyForcibly() {
    destroy();
    return this;
  }

  @Override
  public Stream<ProcessHandle> descendants() {
    return Stream.empty();
  }
}
