package dev.drillbook.unpacking;

import dev.drillbook.plan.RestoreCheck.Format;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A backup as a restore tool takes it.
 *
 * @param format what it is
 * @param path the file or folder for the tool. Of a base backup the data directory, whose
 *     tablespaces lie beside it; of mongodump's folders the one that holds a folder a database, or
 *     the files themselves where no folder was stored
 * @param stages what it took, in the order in which bytes pass them; those that there were
 * @param madeBy what wrote it, e.g. {@code pg_dump 15.4}; empty where it does not say
 * @param serverMajor the major version of the server that it is of; empty where it does not say
 * @param bytes how many were written
 * @param files how many files and folders were written
 * @param gzipped whether the files of a mongodump folder are compressed one by one, so that
 *     mongorestore needs {@code --gzip}
 */
public record Unpacked(
    Format format,
    Path path,
    List<Stage> stages,
    Optional<String> madeBy,
    OptionalInt serverMajor,
    long bytes,
    int files,
    boolean gzipped) {

  public Unpacked {
    stages = List.copyOf(stages);
  }
}
