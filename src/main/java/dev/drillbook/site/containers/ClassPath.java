package dev.drillbook.site.containers;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The class path of this JVM, for JVMs in containers. It is mounted below a folder that everybody
 * may enter: where it is here, in somebody's home folder perhaps, images may let nobody in.
 *
 * @param text as a JVM in a container is given it
 * @param roots the folders of this machine that it all is in, few of them
 */
record ClassPath(String text, List<Path> roots) {
  /** How many names a path has that is no home folder, nor what holds those. */
  private static final int NARROW_ENOUGH = 3;

  private static final Path MOUNTS = Path.of("/drillbook");

  static ClassPath ofThisJvm() {
    return of(System.getProperty("java.class.path"));
  }

  static ClassPath of(String classPath) {
    List<Path> entries = new ArrayList<>();
    for (String entry : classPath.split(File.pathSeparator, -1)) {
      if (entry.isEmpty()) {
        continue;
      }
      Path path = Path.of(entry).toAbsolutePath();
      if (path.toFile().exists()) {
        entries.add(path);
      }
    }
    List<Path> roots = roots(entries);
    String text =
        String.join(
            File.pathSeparator, entries.stream().map(entry -> inContainer(entry, roots)).toList());
    return new ClassPath(text, roots);
  }

  private static String inContainer(Path entry, List<Path> roots) {
    Path root = roots.stream().filter(entry::startsWith).findFirst().orElseThrow();
    return mount(roots.indexOf(root)).resolve(root.relativize(entry)).toString();
  }

  /** Where containers have the root of that number. */
  static Path mount(int root) {
    return MOUNTS.resolve(String.valueOf(root));
  }

  /**
   * Folders themselves, and few folders that the archives are in: a mount for each would be many.
   */
  private static List<Path> roots(List<Path> entries) {
    List<Path> roots = new ArrayList<>();
    for (Path entry : entries) {
      Path folder = entry.toFile().isDirectory() ? entry : entry.getParent();
      Path wider = folder;
      for (Path root : List.copyOf(roots)) {
        Path common = common(root, wider);
        if (common.getNameCount() >= NARROW_ENOUGH) {
          roots.remove(root);
          wider = common;
        }
      }
      roots.add(wider);
    }
    return List.copyOf(roots);
  }

  private static Path common(Path one, Path other) {
    Path at = one;
    while (!other.startsWith(at)) {
      at = at.getParent();
    }
    return at;
  }
}
