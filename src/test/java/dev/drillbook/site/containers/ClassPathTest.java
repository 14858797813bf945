package dev.drillbook.site.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
  @TempDir Path folder;

  @Test
  void archivesAreInFewFoldersAndNeverInAWideOne() throws IOException {
    Path one = file("repository/org/a/1/a-1.jar");
    Path other = file("repository/com/b/2/b-2.jar");
    Path own = Files.createDirectories(folder.resolve("target/classes"));
    Path java = Path.of(System.getProperty("java.home"), "lib", "security");
    ClassPath path = of(one, own, folder.resolve("not-there.jar"), other, java);
    assertThat(path.text().split(File.pathSeparator, -1))
        .hasSize(4)
        .allMatch(entry -> entry.matches("/drillbook/\\d+(/.*)?"));
    assertThat(path.roots())
        .allSatisfy(root -> assertThat(root.getNameCount()).isGreaterThanOrEqualTo(3));
    for (Path entry : List.of(one, other, own, java)) {
      assertThat(path.roots().stream().filter(entry::startsWith)).as(entry.toString()).hasSize(1);
    }
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }

  private static ClassPath of(Path... entries) {
    return ClassPath.of(
        String.join(File.pathSeparator, Stream.of(entries).map(Path::toString).toList()));
  }
}
