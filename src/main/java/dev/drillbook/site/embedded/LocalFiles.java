package dev.drillbook.site.embedded;

import dev.drillbook.site.DataFiles;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files below a folder of this machine.
 *
 * @param folder nothing outside of it is ever touched
 */
record LocalFiles(Path folder) implements DataFiles {

  private interface Work<T> {
    T on(Path file) throws IOException;
  }

  private <T> T with(String name, String doing, Work<T> work) {
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder)) {
      throw new DrillException(name + " is not below " + folder, "name a file of the store");
    }
    try {
      return work.on(file);
    } catch (IOException e) {
      throw new DrillException(
          file + " could not be " + doing + ": " + e, "is it there, and is it a file?", e);
    }
  }

  @Override
  public List<String> list(String name) {
    return with(
        name,
        "listed",
        start -> {
          if (!Files.isDirectory(start)) {
            return List.of();
          }
          try (Stream<Path> files = Files.walk(start)) {
            return files
                .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                .map(file -> folder.relativize(file).toString())
                .sorted()
                .toList();
          }
        });
  }

  @Override
  public long size(String file) {
    return with(file, "looked at", Files::size);
  }

  @Override
  public byte[] read(String file, long offset, int length) {
    return with(
        file,
        "read",
        path -> {
          try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) > 0) {
              // Reads on.
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
          }
        });
  }

  @Override
  public void write(String file, long offset, byte[] bytes) {
    with(
        file,
        "written",
        path -> {
          try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
              channel.write(rest, offset + rest.position());
            }
            channel.force(true);
          }
          return null;
        });
  }

  @Override
  public void truncate(String file, long size) {
    with(
        file,
        "truncated",
        path -> {
          try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(size);
            channel.force(true);
          }
          return null;
        });
  }
}
