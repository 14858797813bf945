package dev.drillbook.demo;

import dev.drillbook.site.embedded.Installations;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Sample backups of a web shop, good ones and bad ones, and the plan that they are checked by:
 *
 * <ul>
 *   <li>{@code plan/}: the plan, its schema and scripts, and one more plan for each {@link Form}
 *   <li>{@code good/} and its like: a good catalogue of each form
 *   <li>{@code bad/}: a catalogue of each {@link BadBackup}
 *   <li>{@code escaped/}: an empty folder in which hostile backups try to leave a file
 *   <li>{@code README.md}: what is what, and what a check must say of it
 * </ul>
 *
 * @param target the folder that all of it is in
 */
public record DemoBackups(Path target) {
  /** The policy whose backups they are. */
  public static final String POLICY = "nightly-dump";

  public DemoBackups {
    target = target.toAbsolutePath().normalize();
  }

  /**
   * Makes them, with a real PostgreSQL, in less than a minute as a rule. They are the same for the
   * same seed and time, but for what pg_dump itself writes into an archive.
   *
   * @param target a folder that does not exist or is empty; nothing is written elsewhere, but for
   *     the files of the server while it runs
   * @param now when they are to be looked at: the newest good backup is of the last run that was
   *     due before
   * @param progress hears of each step, in a line
   * @throws DrillException if the target holds anything or cannot be written, or if this machine
   *     has no PostgreSQL; what was made until then is gone
   */
  public static DemoBackups make(
      Path target, Instant now, long seed, Installations installations, Consumer<String> progress) {
    DemoBackups made = new DemoBackups(target);
    made.requireNothingThere();
    boolean done = false;
    try {
      Files.createDirectories(made.target);
      new Making(made, now, seed, progress).make(installations);
      done = true;
      return made;
    } catch (IOException e) {
      throw new DrillException(
          "the demo's backups cannot be written to " + made.target + ": " + e,
          "check the space there, and who may write there",
          e);
    } catch (SQLException e) {
      throw new DrillException(
          "the demo's shop did not work: " + e.getMessage(),
          "make the backups again; if that fails too, report it",
          e);
    } finally {
      if (!done) {
        made.empty();
      }
    }
  }

  private void requireNothingThere() {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    String[] there = target.toFile().list();
    if (there == null || there.length > 0) {
      throw new DrillException(
          target + (there == null ? " is no folder" : " is not empty"),
          "name a folder that does not exist, or an empty one");
    }
  }

  /** Only ever called for a folder that was empty, or was not there. */
  private void empty() {
    try (Stream<Path> files = Files.walk(target)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        if (!file.equals(target)) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      // Why they could not be made is what matters; what is left is refused next time.
    }
  }

  /** The plan by which catalogues of a form are checked. */
  public Path plan(Form form) {
    return planFolder().folder().resolve(form.plan());
  }

  PlanFolder planFolder() {
    return new PlanFolder(target.resolve("plan"));
  }

  /** The good catalogue of a form. */
  public Path good(Form form) {
    return target.resolve(form.folder());
  }

  /** The catalogue that is bad in that way. */
  public Path bad(BadBackup kind) {
    return target.resolve("bad").resolve(kind.id());
  }

  /** The folder that must stay empty. */
  public Path escaped() {
    return target.resolve("escaped");
  }
}
