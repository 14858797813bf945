package dev.drillbook.demo;

import dev.drillbook.site.embedded.Installations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the demo's backups, made once for all of them. They must leave them as they are.
 *
 * @param demo alone in its folder
 * @param told what was said meanwhile
 */
public record MadeDemo(DemoBackups demo, List<String> told) implements AutoCloseable {
  /** A Wednesday. */
  static final Instant NOW = Instant.parse("2026-03-18T09:30:00Z");

  static final String NEWEST = "20260318_0200";
  static final long SEED = 7;
  static final Installations PROGRAMS = Installations.ofThisMachine(System.getenv(), said -> {});

  private static MadeDemo make() {
    try {
      long started = System.nanoTime();
      List<String> told = new CopyOnWriteArrayList<>();
      Path target = Files.createTempDirectory("drillbook-demo").resolve("demo");
      DemoBackups demo =
          DemoBackups.make(
              target,
              NOW,
              SEED,
              PROGRAMS,
              line -> {
                told.add(line);
                System.out.printf("%5.1f s %s%n", (System.nanoTime() - started) / 1e9, line);
              });
      return new MadeDemo(demo, told);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  Path folder() {
    return demo.target().getParent();
  }

  Path goodNewest(Form form) {
    return demo.good(form).resolve("shop_" + NEWEST + form.suffix());
  }

  Path newest(BadBackup kind) {
    return demo.bad(kind).resolve("shop_" + NEWEST + kind.form().suffix());
  }

  @Override
  public void close() throws IOException {
    deleteTree(folder());
  }

  static void deleteTree(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Resolves parameters of this type. */
  static final class Once implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
      return parameter.getParameter().getType() == MadeDemo.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
      return test.getRoot()
          .getStore(Namespace.create(MadeDemo.class))
          .getOrComputeIfAbsent(MadeDemo.class, type -> make(), MadeDemo.class);
    }
  }
}
