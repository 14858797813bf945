package qrgenerator;

import static dev.drillbook.fault.Act.act;

import dev.drillbook.fault.Bite;
import dev.drillbook.fault.Fault;
import dev.drillbook.site.Action;
import dev.drillbook.site.App;
import dev.drillbook.site.Condition;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What happens to application servers as machines, and to the disks of a site. */
final class Machine {
  private Machine() {}

  /** A machine that a recovery will only set up: nothing runs on it and nothing is deployed. */
  static Action notThereYet(App server) {
    return () -> {
      server.stop();
      empty(server.folder());
    };
  }

  /** The machine dies, and its disk with release and configuration. */
  static Fault lost(App server) {
    return act(
        "lose the machine of " + server.name(),
        () -> {
          server.kill();
          empty(server.folder());
        },
        () ->
            new Bite(
                server.condition() == Condition.DOWN && isEmpty(server.folder()),
                server.name() + " is down and " + server.folder() + " is empty"));
  }

  /**
   * Files that lay on disks of the lost site.
   *
   * @param folders asked for when the disaster strikes, since a server's may change
   */
  static Fault lost(String what, Supplier<List<Path>> folders) {
    return act(
        "lose " + what,
        () -> {
          for (Path folder : folders.get()) {
            empty(folder);
          }
        },
        () -> new Bite(
                folders.get().stream().allMatch(Machine::isEmpty), folders.get() + " are empty"));
  }

  /** What is tried first. That it does not help is no failure: the runbook knows what is next. */
  static Action triedAgain(App server) {
    return () -> {
      try {
        server.start();
      } catch (DrillException stillDown) {
        return;
      }
    };
  }

  private static void empty(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder)) {
          Files.delete(file);
        }
      }
    }
  }

  private static boolean isEmpty(Path folder) {
    String[] files = folder.toFile().list();
    return files == null || files.length == 0;
  }
}
