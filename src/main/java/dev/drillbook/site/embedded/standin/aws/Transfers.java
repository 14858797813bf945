package dev.drillbook.site.embedded.standin.aws;

import dev.drillbook.site.embedded.standin.aws.Transfer.LocalFile;
import dev.drillbook.site.embedded.standin.aws.Transfer.Place;
import dev.drillbook.site.embedded.standin.aws.Transfer.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** {@code aws s3 cp}, {@code mv}, {@code rm} and {@code sync}. */
final class Transfers {
  static final Set<String> FLAGS =
      Set.of("recursive", "dryrun", "quiet", "only-show-errors", "no-progress");
  static final Set<String> FLAGS_OF_SYNC =
      Set.of(
          "delete",
          "size-only",
          "exact-timestamps",
          "dryrun",
          "quiet",
          "only-show-errors",
          "no-progress");
  static final Set<String> VALUES = Set.of("exclude", "include", "content-type", "storage-class");

  private static final String STREAM = "-";

  private final S3Service service;
  private final Words words;
  private final String command;
  private final PrintStream out;
  private final Wildcards wildcards;
  private boolean failed;

  Transfers(S3Service service, Words words, String command, PrintStream out) {
    this.service = service;
    this.words = words;
    this.command = command;
    this.out = out;
    this.wildcards = new Wildcards(words);
  }

  private interface Work {
    void perform() throws IOException;
  }

  /** Returns its exit code: 1 where something could not be done. */
  int run() throws AwsFailure {
    List<String> paths = command.equals("rm") ? words.rest("paths") : words.rest("paths", "paths");
    requirePaths(paths);
    try {
      switch (command) {
        case "rm" -> remove(paths.get(0));
        case "sync" -> synchronise(Tree.of(paths.get(0)), Tree.of(paths.get(1)));
        default -> transfer(paths.get(0), paths.get(1));
      }
    } catch (IOException e) {
      System.err.println("fatal error: " + e.getMessage());
      return 1;
    }
    return failed ? 1 : 0;
  }

  private void requirePaths(List<String> paths) throws AwsFailure {
    if (paths.stream().noneMatch(S3Uri::isOne)) {
      throw AwsFailure.usage(
          "aws: error: Invalid argument type: " + command + " takes an s3:// address");
    }
    String source = paths.get(0);
    boolean isStream = command.equals("cp") && source.equals(STREAM);
    if (!S3Uri.isOne(source) && !isStream && !Files.exists(Path.of(source))) {
      throw new AwsFailure(
          AwsFailure.GENERAL, "The user-provided path " + source + " does not exist.");
    }
    boolean needsFolder = command.equals("sync") || words.has("recursive");
    if (needsFolder && !S3Uri.isOne(source) && !Files.isDirectory(Path.of(source))) {
      throw new AwsFailure(AwsFailure.GENERAL, source + " is no folder");
    }
  }

  private void transfer(String source, String target) throws IOException {
    if (source.equals(STREAM) || target.equals(STREAM)) {
      stream(source, target);
    } else if (words.has("recursive")) {
      Tree to = Tree.of(target);
      for (Map.Entry<String, Tree.Leaf> leaf : leaves(Tree.of(source)).entrySet()) {
        perform(new Transfer(leaf.getValue().place(), to.place(leaf.getKey())));
      }
    } else {
      transferOne(source, target);
    }
  }

  private void stream(String source, String target) throws IOException {
    if (!command.equals("cp") || words.has("recursive")) {
      throw new IOException(
          "Streaming currently is only compatible with non-recursive cp commands");
    }
    if (target.equals(STREAM)) {
      try (Download download = Download.of(service, S3Uri.of(source), null)) {
        OutputStream stdout = out;
        download.to(stdout);
        if (out.checkError()) {
          throw new IOException("standard output was closed before the end");
        }
      }
      return;
    }
    // The service must know how long it is; a pipe does not say.
    Path spooled = Files.createTempFile("drillbook-aws", ".upload");
    spooled.toFile().deleteOnExit();
    try (InputStream in = System.in) {
      Files.copy(in, spooled, StandardCopyOption.REPLACE_EXISTING);
      Transfer.upload(service, words, spooled, S3Uri.of(target));
    } finally {
      Files.delete(spooled);
    }
  }

  private void transferOne(String source, String target) throws IOException {
    Place from = S3Uri.isOne(source) ? object(S3Uri.of(source)) : new LocalFile(Path.of(source));
    String name = source.substring(source.lastIndexOf('/') + 1);
    if (wildcards.mean(name)) {
      perform(new Transfer(from, into(target, name)));
    }
  }

  /** It is looked at first, to say what is wrong before anything is made. */
  private Place object(S3Uri uri) throws AwsFailure {
    try {
      service.call(
          "HeadObject", s3 -> s3.headObject(head -> head.bucket(uri.bucket()).key(uri.key())));
    } catch (AwsFailure e) {
      throw e.getMessage().contains("(404)")
          ? new AwsFailure(
              e.exitCode(),
              e.getMessage().replace("Not Found", "Key \"" + uri.key() + "\" does not exist"),
              e)
          : e;
    }
    return new StoredObject(uri);
  }

  /** A target that is a folder, or looks like one, takes the source by its own name. */
  private static Place into(String target, String name) throws AwsFailure {
    if (S3Uri.isOne(target)) {
      S3Uri uri = S3Uri.of(target);
      boolean isFolder = uri.key().isEmpty() || uri.key().endsWith("/");
      return new StoredObject(isFolder ? new S3Uri(uri.bucket(), uri.key() + name) : uri);
    }
    Path path = Path.of(target);
    boolean isFolder = target.endsWith("/") || Files.isDirectory(path);
    return new LocalFile(isFolder ? path.resolve(name) : path);
  }

  private SortedMap<String, Tree.Leaf> leaves(Tree tree) throws IOException {
    return tree.leaves(service, wildcards);
  }

  private void remove(String path) throws IOException {
    if (!words.has("recursive")) {
      S3Uri uri = S3Uri.of(path);
      if (uri.key().isEmpty()) {
        throw new IOException(path + " names no object; to empty a bucket say --recursive");
      }
      removePlace(new StoredObject(uri));
      return;
    }
    for (Tree.Leaf leaf : leaves(Tree.of(path)).values()) {
      removePlace(leaf.place());
    }
  }

  private void synchronise(Tree source, Tree target) throws IOException {
    SortedMap<String, Tree.Leaf> from = leaves(source);
    SortedMap<String, Tree.Leaf> to = leaves(target);
    for (Map.Entry<String, Tree.Leaf> leaf : from.entrySet()) {
      Transfer transfer = new Transfer(leaf.getValue().place(), target.place(leaf.getKey()));
      Tree.Leaf there = to.remove(leaf.getKey());
      if (there == null || isOutOfDate(transfer, leaf.getValue(), there)) {
        perform(transfer);
      }
    }
    if (words.has("delete")) {
      for (Tree.Leaf stranger : to.values()) {
        removePlace(stranger.place());
      }
    }
  }

  /** A download gets its object's time, so a file that is newer was changed since. */
  private boolean isOutOfDate(Transfer transfer, Tree.Leaf here, Tree.Leaf there) {
    if (here.size() != there.size()) {
      return true;
    }
    if (words.has("size-only")) {
      return false;
    }
    int newer = here.modified().compareTo(there.modified());
    if (!transfer.name().equals("download")) {
      return newer > 0;
    }
    return words.has("exact-timestamps") ? newer != 0 : newer < 0;
  }

  private void perform(Transfer transfer) {
    boolean moves = command.equals("mv");
    attempt(
        moves ? "move" : transfer.name(),
        transfer.shown(),
        () -> {
          transfer.perform(service, words);
          if (moves) {
            transfer.removeSource(service);
          }
        });
  }

  private void removePlace(Place place) {
    attempt(
        "delete",
        place.shown(),
        () -> {
          if (place instanceof StoredObject object) {
            Transfer.delete(service, object.uri());
          } else if (place instanceof LocalFile file) {
            Files.delete(file.path());
          }
        });
  }

  /** What fails is said, and does not keep the others from being done. */
  private void attempt(String name, String shown, Work work) {
    if (words.has("dryrun")) {
      out.println("(dryrun) " + name + ": " + shown);
      return;
    }
    try {
      work.perform();
      if (!words.has("quiet") && !words.has("only-show-errors")) {
        out.println(name + ": " + shown);
      }
    } catch (IOException e) {
      failed = true;
      if (!words.has("quiet")) {
        System.err.println(name + " failed: " + shown + " " + e.getMessage());
      }
    }
  }
}
