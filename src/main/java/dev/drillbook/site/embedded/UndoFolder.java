package dev.drillbook.site.embedded;

import dev.drillbook.site.Undo;
import dev.drillbook.site.UndoJournal;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A site's undo journal: a folder with a file for each fault that is in force. A program to run is
 * a shell script, so that the watchdog, which is one, can run it.
 */
final class UndoFolder implements UndoJournal {
  private static final Duration DONE_WITHIN = Duration.ofSeconds(10);
  private static final String SCRIPT = ".sh";
  private static final String REQUEST = ".request";
  private static final String UNFINISHED = ".unfinished";
  private static final String NOTHING = ".nothing";

  private final Path folder;
  private int written;

  UndoFolder(Path folder) {
    this.folder = folder;
  }

  @Override
  public synchronized Entry write(Undo undo) {
    String name = String.format(Locale.ROOT, "%06d", ++written);
    try {
      // Not those above it: a site that was removed stays so.
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(folder);
      }
      Path file = folder.resolve(name + ending(undo));
      Path unfinished = folder.resolve(name + UNFINISHED);
      try (FileChannel channel =
          FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(text(undo).getBytes(StandardCharsets.UTF_8)));
        channel.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      return () -> delete(file);
    } catch (IOException e) {
      throw new DrillException(
          "how to undo " + undo.what() + " could not be written to " + folder + ": " + e,
          "is the disk full? no fault acts whose undo is not on disk",
          e);
    }
  }

  private static String ending(Undo undo) {
    if (undo instanceof Undo.Run) {
      return SCRIPT;
    }
    return undo instanceof Undo.Request ? REQUEST : NOTHING;
  }

  /** The first line says what is undone; the others, how. */
  private static String text(Undo undo) {
    String what = "# " + undo.what().replace('\n', ' ') + "\n";
    if (undo instanceof Undo.Run run) {
      return what
          + run.command().stream().map(UndoFolder::quoted).collect(Collectors.joining(" "))
          + "\n";
    }
    if (undo instanceof Undo.Request request) {
      return what + request.method() + " " + request.address() + "\n";
    }
    return what;
  }

  private static String quoted(String argument) {
    return "'" + argument.replace("'", "'\\''") + "'";
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new DrillException(
          file + " could not be removed: " + e.getMessage(), "remove it by hand", e);
    }
  }

  /** The outcome of all undos that are still open: what was undone, and what could not be. */
  record Healed(List<String> undone, List<String> failed) {}

  /** Undoes all that is still in force, the latest first. */
  Healed undoAll() {
    List<String> undone = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (Path file : open()) {
      String what = file.toString();
      try {
        List<String> lines = Files.readAllLines(file);
        what = lines.get(0).substring(2);
        undo(file, lines);
        delete(file);
        undone.add(what);
      } catch (DrillException e) {
        failed.add(what + " could not be undone: " + e.problem() + "; " + e.hint());
      } catch (IOException | IndexOutOfBoundsException e) {
        failed.add(what + " could not be undone: " + e);
      }
    }
    return new Healed(undone, failed);
  }

  /** The shell scripts among them, the latest first. */
  List<Path> scripts() {
    return open().stream().filter(file -> file.toString().endsWith(SCRIPT)).toList();
  }

  private List<Path> open() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> !file.toString().endsWith(UNFINISHED))
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      throw new DrillException(
          folder + " cannot be listed: " + e.getMessage(), "check its owner", e);
    }
  }

  private static void undo(Path file, List<String> lines) throws IOException {
    try {
      if (file.toString().endsWith(SCRIPT)) {
        run(file);
      } else if (file.toString().endsWith(REQUEST)) {
        send(lines.get(1).split(" ", 2));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DrillException("interrupted", "run again", e);
    }
  }

  private static void run(Path script) {
    Programs.Outcome outcome = Programs.run(List.of("sh", script.toString()), DONE_WITHIN);
    if (!outcome.isGood()) {
      throw new DrillException(
          "exit code "
              + outcome.exitCode()
              + (outcome.said().isEmpty() ? "" : ": " + outcome.said()),
          "run " + script + " by hand");
    }
  }

  /** What is not there any more needs no undoing; that goes for a whole server too. */
  private static void send(String[] request) throws IOException, InterruptedException {
    try {
      requireDone(request);
    } catch (ConnectException gone) {
      // Nobody listens.
    }
  }

  private static void requireDone(String[] request) throws IOException, InterruptedException {
    int status =
        HttpClient.newBuilder()
            .connectTimeout(DONE_WITHIN)
            .build()
            .send(
                HttpRequest.newBuilder(URI.create(request[1]))
                    .method(request[0], HttpRequest.BodyPublishers.noBody())
                    .timeout(DONE_WITHIN)
                    .build(),
                HttpResponse.BodyHandlers.discarding())
            .statusCode();
    if (status >= 400 && status != 404) {
      throw new DrillException("the answer was " + status, "ask " + request[1] + " by hand");
    }
  }
}
