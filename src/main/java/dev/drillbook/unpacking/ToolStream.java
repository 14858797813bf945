package dev.drillbook.unpacking;

import dev.drillbook.timeline.DrillException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a program makes of an input. One thread feeds the program and another listens to its
 * complaints, while whoever reads this takes its output. The output ends well only if the program
 * did.
 */
final class ToolStream extends InputStream {
  private static final int CHUNK_BYTES = 64 * 1024;
  private static final int MAX_SAID_BYTES = 2000;
  private static final int END_SECONDS = 60;

  private final Process process;
  private final InputStream source;
  private final InputStream output;
  private final Thread feeder;
  private final Thread listener;
  private final Function<String, DrillException> trouble;
  private final UnaryOperator<String> withoutSecrets;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private volatile RuntimeException sourceFailed;
  private boolean ended;

  /**
   * @param command the program and its arguments
   * @param hidden the variables of our environment that it does not get
   * @param withoutSecrets takes secrets out of what it says
   */
  record Tool(List<String> command, List<String> hidden, UnaryOperator<String> withoutSecrets) {}

  private ToolStream(
      Process process,
      InputStream source,
      Function<String, DrillException> trouble,
      UnaryOperator<String> withoutSecrets) {
    this.process = process;
    this.source = source;
    this.output = process.getInputStream();
    this.trouble = trouble;
    this.withoutSecrets = withoutSecrets;
    feeder = thread("feeds", this::feed);
    listener = thread("listens-to", this::listen);
  }

  /**
   * @param source what the program reads; closed with this stream
   * @param trouble says what it means that the program failed, from what it said
   */
  static ToolStream start(Tool tool, InputStream source, Function<String, DrillException> trouble)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(tool.command());
    builder.environment().keySet().removeAll(tool.hidden());
    builder.environment().put("LC_ALL", "C");
    ToolStream stream = new ToolStream(builder.start(), source, trouble, tool.withoutSecrets());
    stream.feeder.start();
    stream.listener.start();
    return stream;
  }

  private Thread thread(String does, Runnable work) {
    Thread thread = new Thread(work, "drillbook-" + does + "-" + process.pid());
    thread.setDaemon(true);
    return thread;
  }

  private void feed() {
    byte[] buffer = new byte[CHUNK_BYTES];
    try (OutputStream input = process.getOutputStream()) {
      while (true) {
        int got = readSource(buffer);
        if (got < 0) {
          return;
        }
        input.write(buffer, 0, got);
      }
    } catch (IOException notListening) {
      // The program has ended. Its exit code says whether it should have.
    } catch (RuntimeException e) {
      sourceFailed = e;
      process.destroyForcibly();
    }
  }

  private int readSource(byte[] buffer) {
    try {
      return source.read(buffer);
    } catch (IOException e) {
      throw trouble.apply("its input cannot be read: " + e.getMessage());
    }
  }

  private void listen() {
    byte[] buffer = new byte[1024];
    try (InputStream errors = process.getErrorStream()) {
      for (int got; (got = errors.read(buffer)) >= 0; ) {
        synchronized (said) {
          said.write(buffer, 0, Math.min(got, MAX_SAID_BYTES - said.size()));
        }
      }
    } catch (IOException closed) {
      // It was killed; what it said until then is there.
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int got = read(one, 0, 1);
    return got < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int got = ended ? -1 : output.read(buffer, offset, length);
    if (got < 0 && !ended) {
      end();
      ended = true;
    }
    return got;
  }

  private void end() {
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        throw trouble.apply("it does not end");
      }
      feeder.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
      listener.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw trouble.apply("interrupted");
    }
    if (sourceFailed != null) {
      throw sourceFailed;
    }
    if (process.exitValue() != 0) {
      throw trouble.apply(said());
    }
  }

  private String said() {
    synchronized (said) {
      String text = withoutSecrets.apply(said.toString(StandardCharsets.UTF_8));
      String line = TargetFolder.shown(text.strip().replaceAll("\\R", "; "));
      return line.isEmpty() ? "exit code " + process.exitValue() : line;
    }
  }

  @Override
  public void close() throws IOException {
    // Itself first: a script whose child is killed would start the next one.
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    source.close();
    try {
      feeder.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
      listener.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    output.close();
  }
}
