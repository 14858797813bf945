package dev.drillbook.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drillbook.timeline.DrillException;
import dev.drillbook.timeline.Finding;
import dev.drillbook.timeline.Nearest;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.codec.digest.MurmurHash3;

/** Which of the stored backups to restore. */
public sealed interface Pick {

  /**
   * Those that it means.
   *
   * @param newestFirst at least one
   * @param seed decides where chance does
   * @throws DrillException if none has the id
   */
  List<StoredBackup> from(List<StoredBackup> newestFirst, long seed);

  /** The newest one. */
  record Newest() implements Pick {
    @Override
    public List<StoredBackup> from(List<StoredBackup> newestFirst, long seed) {
      return newestFirst.subList(0, 1);
    }
  }

  /** The oldest one. */
  record Oldest() implements Pick {
    @Override
    public List<StoredBackup> from(List<StoredBackup> newestFirst, long seed) {
      return newestFirst.subList(newestFirst.size() - 1, newestFirst.size());
    }
  }

  /**
   * Any one: that whose hash with the seed is the greatest. So the same seed picks it again
   * whatever else has gone since, and mostly also whatever has come.
   */
  record Random() implements Pick {
    @Override
    public List<StoredBackup> from(List<StoredBackup> newestFirst, long seed) {
      return newestFirst.stream()
          .max(Comparator.comparingLong(backup -> hash(backup.id(), seed)))
          .map(List::of)
          .orElseThrow();
    }

    private static long hash(String id, long seed) {
      return MurmurHash3.hash128x64((seed + "/" + id).getBytes(UTF_8))[0];
    }
  }

  /** All of them, the newest first. */
  record All() implements Pick {
    @Override
    public List<StoredBackup> from(List<StoredBackup> newestFirst, long seed) {
      return newestFirst;
    }
  }

  /** That one. */
  record Named(String id) implements Pick {
    @Override
    public List<StoredBackup> from(List<StoredBackup> newestFirst, long seed) {
      return newestFirst.stream()
          .filter(backup -> backup.id().equals(id))
          .findFirst()
          .map(List::of)
          .orElseThrow(() -> unknown(newestFirst.stream().map(StoredBackup::id).toList()));
    }

    private DrillException unknown(List<String> ids) {
      List<String> newest = ids.stream().limit(Finding.MAX_EXAMPLES).toList();
      return new DrillException(
          "there is no backup '" + id + "' among the " + ids.size() + " that are stored",
          Nearest.to(id, ids).map(near -> "did you mean '" + near + "'? ").orElse("")
              + "write newest, oldest, random, all or an id; the newest are "
              + String.join(", ", newest));
    }
  }

  /** What somebody wrote: {@code newest}, {@code oldest}, {@code random}, {@code all} or an id. */
  static Pick parse(String text) {
    return switch (text.strip()) {
      case "newest" -> new Newest();
      case "oldest" -> new Oldest();
      case "random" -> new Random();
      case "all" -> new All();
      default -> new Named(text.strip());
    };
  }
}
