package dev.drillbook.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/faults.md is what the classes say. After a change, {@code -Dupdate.docs=true} writes it
 * anew.
 */
class FaultCatalogueTest {
  private static final Path PAGE = Path.of("docs", "faults.md");
  private static final String INTRODUCTION =
      """
      # The faults

      Each is a class of `dev.drillbook.fault`, made by the method in the first column and injected with `drill.disaster(…)`, in the order given. This page is
      made of the classes; a test holds it.

      - How a fault is undone is on disk before it acts. What is in force is healed when the drill ends, the latest first, or by a step of the recovery:
        `.recover("mend-network", drill.heal(fault))`. What a killed run left in force is healed by its watchdog, or by the next run.
      - What is left to chance (which rows, objects, pages, bits) comes from `drill.seed`; the timeline names the seed and exactly what was hit.
      - Right after it was injected, each fault is looked at from outside. One that is not in effect makes the drill UNKNOWN: nothing was proven.
      - A fault without an entry under *undone* is over as soon as it is done. What it destroyed is for the recovery to bring back.
      """;

  @Test
  void thePageSaysWhatTheClassesSay() throws IOException {
    String page = page();
    if (Boolean.getBoolean("update.docs")) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).as("run this test with -Dupdate.docs=true").hasContent(page);
  }

  @Test
  void everyFaultIsInTheCatalogueAndCanBeMade() {
    assertThat(faults())
        .hasSizeGreaterThan(40)
        .allSatisfy(
            fault -> {
              assertThat(fault.getAnnotation(About.class)).as(fault.getSimpleName()).isNotNull();
              assertThat(factories(fault)).as(fault.getSimpleName()).isNotEmpty();
            });
  }

  private static String page() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (About.Kind kind : About.Kind.values()) {
      List<Class<?>> ofThisKind =
          faults().stream().filter(fault -> about(fault).kind() == kind).toList();
      if (!ofThisKind.isEmpty()) {
        page.append("\n## ").append(kind.title()).append("\n\n");
        page.append(
            "| fault | does | hits | needs | undone | bites if |\n|---|---|---|---|---|---|\n");
        ofThisKind.forEach(fault -> page.append(row(fault)));
      }
    }
    return page.toString();
  }

  private static String row(Class<?> fault) {
    About about = about(fault);
    return "| "
        + String.join(
            " | ",
            factories(fault),
            about.does(),
            about.hits(),
            about.needs(),
            about.undone(),
            about.bites())
        + " |\n";
  }

  private static About about(Class<?> fault) {
    return fault.getAnnotation(About.class);
  }

  private static String factories(Class<?> fault) {
    return Arrays.stream(fault.getDeclaredMethods())
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> method.getReturnType() == Fault.class)
        .map(Method::getName)
        .distinct()
        .sorted()
        .map(name -> "`" + name + "`")
        .collect(Collectors.joining(", "));
  }

  private static List<Class<?>> faults() {
    return new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.drillbook.fault")
            .stream()
            .filter(type -> type.isAssignableTo(Fault.class) && !type.isInterface())
            .sorted(Comparator.comparing(JavaClass::getSimpleName))
            .<Class<?>>map(JavaClass::reflect)
            .toList();
  }
}
