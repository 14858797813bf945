package dev.drillbook.unpacking;

import dev.drillbook.plan.RestoreCheck.Format;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** One backup on its way to the target. */
final class Unpacking implements AutoCloseable {

  /** Files that their tool reads compressed: of pg_dump's directories, of mongodump's folders. */
  private static final Pattern COMPRESSED_BY_ITS_TOOL =
      Pattern.compile(
          "(?:.*/)?(?:(?:\\d+|blob_\\d+)\\.dat\\.(?:gz|lz4|zst)|[^/]+\\.(?:bson|metadata\\.json)\\.gz)(?:\\.(?:gpg|pgp|asc|age|enc|aes|aes256|ssl))?");

  private static final String DATA = "data/";
  private static final String TABLESPACES = "tablespaces";

  private final TargetFolder target;
  private final Budget budget;
  private final Optional<Decryption> decryption;
  private final Map<String, Stage> stages = new LinkedHashMap<>();
  private KeyFolder keys;

  Unpacking(TargetFolder target, Budget budget, Optional<Decryption> decryption) {
    this.target = target;
    this.budget = budget;
    this.decryption = decryption;
    for (String name : List.of(Stage.DOWNLOAD, Stage.DECRYPT, Stage.DECOMPRESS, Stage.EXTRACT)) {
      stages.put(name, new Stage(name, Duration.ZERO, 0, 0));
    }
  }

  Unpacked all(List<Stored> files, Optional<Format> expected) throws IOException {
    Tree tree = files.size() == 1 ? one(files.get(0), expected) : several(files, expected);
    expected
        .filter(format -> format != tree.format())
        .ifPresent(
            format -> {
              throw new DrillException(
                  files.get(0).name()
                      + " is "
                      + tree.format().word()
                      + ", but the plan says "
                      + format.word(),
                  "correct the format in the plan, or look at the job that writes it");
            });
    if (tree.format() == Format.BASE) {
      Tablespaces.keepInside(tree.path(), target.root().resolve(TABLESPACES));
    }
    return new Unpacked(
        tree.format(),
        tree.path(),
        stages(),
        tree.origin().madeBy(),
        tree.origin().serverMajor(),
        budget.written(),
        budget.files(),
        tree.format() == Format.MONGO_FOLDER && Tree.holdsGzip(tree.path()));
  }

  /** Each for itself, by its last name. */
  List<Stage> each(List<Stored> files) throws IOException {
    for (Stored file : files) {
      try (Peeling peeling = Peeling.of(file, false, budget, this::keys)) {
        write(peeling, peeling.claims().stem());
      }
    }
    return stages();
  }

  private List<Stage> stages() {
    return stages.values().stream().filter(stage -> stage.bytesIn() > 0).toList();
  }

  private Tree one(Stored file, Optional<Format> expected) throws IOException {
    try (Peeling peeling = Peeling.of(file, false, budget, this::keys)) {
      if (peeling.isTar()) {
        peeling.claims().meet(Layer.TAR);
        extract(peeling, "");
        return Tree.of(target.root(), expected);
      }
      Optional<Format> format = Dump.format(peeling.head());
      if (format.isEmpty() && peeling.isAfterOpenssl()) {
        throw peeling.unknown();
      }
      peeling.claims().meet(format);
      if (format.isEmpty()) {
        throw peeling.unknown();
      }
      String stem = peeling.claims().stem();
      write(peeling, stem);
      Path path = target.within(stem);
      Dump.mustEnd(format.get(), file.name(), peeling.head(), path);
      return new Tree(format.get(), path, Dump.origin(format.get(), file.name(), peeling.head()));
    }
  }

  private Tree several(List<Stored> files, Optional<Format> expected) throws IOException {
    boolean asTheyAre =
        expected.equals(Optional.of(Format.TAR))
            && !files.stream().allMatch(file -> Claims.of(file.name()).claimsTar());
    if (asTheyAre || files.stream().anyMatch(file -> isOf("global/pg_control", file))) {
      copy(files);
      return Tree.of(target.root(), expected);
    }
    boolean base = files.stream().anyMatch(file -> isTarCalled("base", file));
    for (Stored file : files) {
      boolean keep = COMPRESSED_BY_ITS_TOOL.matcher(file.name()).matches();
      try (Peeling peeling = Peeling.of(file, keep, budget, this::keys)) {
        if (peeling.isTar()) {
          peeling.claims().meet(Layer.TAR);
          extract(peeling, base ? placeOf(peeling.claims().stem()) : "");
        } else if (base) {
          write(peeling, DATA + peeling.claims().stem());
        } else {
          write(peeling, keep ? keptName(file.name()) : peeling.claims().path());
        }
      }
    }
    return Tree.of(target.root(), expected);
  }

  private static boolean isOf(String name, Stored file) {
    return file.name().equals(name) || file.name().endsWith("/" + name);
  }

  /** A server's files are what they are, many of them empty, and none is packed. */
  private void copy(List<Stored> files) throws IOException {
    for (Stored file : files) {
      try (Metered in =
          new Metered(
              file.bytes().open(),
              Budget.Watch.NONE,
              (bytes, failure) ->
                  new DrillException(
                      file.name() + " cannot be read on after " + bytes + " bytes: " + failure,
                      "check its store and the way to it",
                      failure))) {
        target.file(file.name(), in);
        stages.merge(
            Stage.DOWNLOAD,
            new Stage(Stage.DOWNLOAD, Duration.ofNanos(in.nanos()), in.bytes(), in.bytes()),
            Stage::plus);
      }
    }
  }

  private static boolean isTarCalled(String stem, Stored file) {
    Claims claims = Claims.of(file.name());
    return claims.stem().equals(stem) && claims.claimsTar();
  }

  /** Where the archives of {@code pg_basebackup --format=tar} belong. */
  private static String placeOf(String stem) {
    return switch (stem) {
      case "base" -> DATA;
      case "pg_wal", "pg_xlog" -> DATA + stem + "/";
      default -> stem.matches("\\d{1,10}") ? TABLESPACES + "/" + stem + "/" : DATA;
    };
  }

  /** The name with its compression and without its encryption. */
  private static String keptName(String name) {
    return name.replaceFirst("\\.(?:gpg|pgp|asc|age|enc|aes|aes256|ssl)$", "");
  }

  private void extract(Peeling peeling, String below) {
    long start = System.nanoTime();
    if (!below.isEmpty()) {
      target.folder(below);
    }
    new TarExtraction(peeling.file().name(), target, below).extract(peeling.content());
    add(peeling, System.nanoTime() - start);
  }

  private void write(Peeling peeling, String name) throws IOException {
    long start = System.nanoTime();
    target.file(name, peeling.content());
    add(peeling, System.nanoTime() - start);
  }

  private void add(Peeling peeling, long nanos) {
    List<Stage> all = new ArrayList<>(peeling.stages());
    long bytes = all.get(all.size() - 1).bytesOut();
    Duration own = Duration.ofNanos(Math.max(nanos - peeling.nanosSinceHead(), 0));
    all.add(new Stage(Stage.EXTRACT, own, bytes, bytes));
    all.forEach(stage -> stages.merge(stage.name(), stage, Stage::plus));
  }

  private KeyFolder keys() {
    if (keys == null) {
      keys =
          KeyFolder.open(
              decryption.orElseThrow(
                  () ->
                      new DrillException(
                          "the backup is encrypted, and the plan names no key for it",
                          "add key: with its file or variable")));
    }
    return keys;
  }

  @Override
  public void close() {
    if (keys != null) {
      keys.close();
    }
  }
}
