package dev.drillbook.unpacking;

import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Writes the files and folders of a tar archive, and takes nothing else from it. */
final class TarExtraction {
  private final String name;
  private final TargetFolder target;
  private final String below;

  /**
   * @param name what the archive is called
   * @param below the folder in the target, with a slash at its end; may be empty
   */
  TarExtraction(String name, TargetFolder target, String below) {
    this.name = name;
    this.target = target;
    this.below = below;
  }

  void extract(InputStream archive) {
    try {
      TarReader reader = new TarReader(archive);
      Optional<TarHeader> entry = reader.next();
      while (entry.isPresent()) {
        extract(reader, entry.get());
        entry = reader.next();
      }
      reader.drain();
    } catch (IOException e) {
      throw new DrillException(
          name + " is damaged or cut off: its tar cannot be read: " + Layer.says(e),
          "compare it with what was stored at first, and look at the job that writes it",
          e);
    }
  }

  private void extract(TarReader reader, TarHeader entry) throws IOException {
    String path = entry.name();
    if (path.startsWith("/")) {
      target.within(path);
    }
    switch (entry.type()) {
      case '0', '\0', '7' -> {
        if (path.endsWith("/")) {
          target.folder(below + path);
        } else {
          target.mustHold(TargetFolder.shown(path), entry.size());
          target.file(below + path, reader::read);
        }
      }
      case '5' -> target.folder(below + path);
      default ->
          throw new DrillException(
              name + " holds " + kind(entry.type()) + ", " + TargetFolder.shown(path),
              "archive files and folders only; links could lead out of the restore");
    }
  }

  private static String kind(char type) {
    return switch (type) {
      case '1' -> "a hard link";
      case '2' -> "a symbolic link";
      case '3', '4' -> "a device";
      case '6' -> "a pipe";
      default -> "an entry of type " + (type >= ' ' && type < 127 ? type : (int) type);
    };
  }
}
