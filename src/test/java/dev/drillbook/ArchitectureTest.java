package dev.drillbook;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The boundaries between packages, held by a test. */
class ArchitectureTest {
  private static final String BASE = "dev.drillbook";

  private static final JavaClasses FRAMEWORK =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(new ImportOption.DoNotIncludeJars())
          .importPackages(BASE);

  /** What a record exposes, and so what its readers may name. */
  private static final String RECORDED =
      "timeline plan site workload recovery snapshot verification objective run";

  /**
   * Each package and the ones it may import. A name stands for that package alone, with {@code ..}
   * for those below it too.
   */
  private static final Map<String, String> MAY_IMPORT =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("timeline", ""),
              Map.entry("plan", "timeline"),
              Map.entry("catalogue", "timeline plan"),
              Map.entry("proxy", "timeline"),
              Map.entry("site", "timeline plan proxy"),
              Map.entry("site.embedded", "timeline plan proxy site site.embedded.standin"),
              Map.entry("site.embedded.standin.aws", ""),
              Map.entry("site.embedded.standin.redis", ""),
              Map.entry("site.embedded.standin", "site.embedded.standin.nio2blob"),
              Map.entry("site.embedded.standin.nio2blob", ""),
              Map.entry("site.containers", "timeline plan proxy site site.embedded"),
              Map.entry("unpacking", "timeline plan"),
              Map.entry("physical", "timeline plan site catalogue unpacking"),
              Map.entry("demo", "timeline plan site site.embedded snapshot manifest"),
              Map.entry("workload", "timeline"),
              Map.entry("fault", "timeline site"),
              Map.entry("recovery", "timeline site plan"),
              Map.entry("snapshot", "timeline site"),
              Map.entry("manifest", "timeline snapshot"),
              Map.entry("verification", "timeline site plan workload snapshot"),
              Map.entry("objective", "timeline plan workload"),
              Map.entry(
                  "run",
                  "timeline plan site workload fault recovery snapshot verification objective"),
              Map.entry("sabotage", RECORDED + " fault"),
              Map.entry("history", RECORDED),
              Map.entry("report..", RECORDED + " history restorecheck unpacking"),
              Map.entry(
                  "restorecheck",
                  "timeline plan site snapshot verification run history catalogue unpacking manifest physical"),
              Map.entry(
                  "cli",
                  "timeline plan site site.embedded site.containers catalogue restorecheck demo manifest"),
              Map.entry(
                  "junit",
                  RECORDED
                      + " fault site.embedded site.containers sabotage history report.."
                      + " catalogue restorecheck demo")));

  static Set<String> packages() {
    return MAY_IMPORT.keySet();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageImportsOnlyWhatTheTableAllows(String importer) {
    String allowed = MAY_IMPORT.get(importer);
    noClasses()
        .that()
        .resideInAPackage(pattern(importer))
        .should()
        .dependOnClassesThat(resideInAPackage(BASE + "..").and(outside(allowed + " " + importer)))
        .because(importer + " may import: " + (allowed.isEmpty() ? "the JDK only" : allowed))
        .allowEmptyShould(true)
        .check(FRAMEWORK);
  }

  @Test
  void everyPackageIsInTheTable() {
    Set<String> strangers =
        FRAMEWORK.stream()
            .filter(outside(String.join(" ", packages())))
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(strangers).isEmpty();
  }

  @Test
  void timelineNeedsNothingButTheJdk() {
    classes()
        .that()
        .resideInAPackage(pattern("timeline"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(pattern("timeline"), "java..")
        .check(FRAMEWORK);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(BASE + ".(**)").should().beFreeOfCycles().check(FRAMEWORK);
  }

  @Test
  void onlyTheJunitPackageKnowsJunit() {
    onlyImporterOf("org.junit..", "junit");
  }

  @Test
  void onlyTheCommandLineKnowsPicocli() {
    onlyImporterOf("picocli..", "cli");
  }

  @Test
  void onlyTheAllureReportKnowsAllure() {
    onlyImporterOf("io.qameta.allure..", "report.allure");
  }

  @Test
  void onlyThePlanKnowsYamlAndCron() {
    onlyImporterOf("org.yaml..", "plan");
    onlyImporterOf("com.cronutils..", "plan");
  }

  @Test
  void onlyTheObjectivesKnowStatistics() {
    onlyImporterOf("org.apache.commons.statistics..", "objective");
  }

  @Test
  void onlyTheUnpackingKnowsCompression() {
    for (String library : Set.of("org.apache.commons.compress..", "org.tukaani..")) {
      onlyImporterOf(library, "unpacking");
    }
    onlyImporterOf("com.github.luben..", "unpacking");
  }

  @Test
  void onlyTheStandInsKnowWhatTheyAreMadeOf() {
    for (String library : Set.of("de.bwaldvogel..", "org.h2..", "io.netty..")) {
      onlyImporterOf(library, "site.embedded.standin");
    }
    onlyImporterOf("org.gaul..", "site.embedded.standin..");
  }

  @Test
  void noPackageIsAToolbox() {
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..utils..", "..common..", "..helper..", "..misc..")
        .check(FRAMEWORK);
  }

  /**
   * The programs of the site's JVMs are not ours, but processes of their own; a command is one too.
   */
  @Test
  void nothingEndsTheJvm() {
    noClasses()
        .that(outside("site.embedded.standin.. cli"))
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(FRAMEWORK);
  }

  @Test
  void nothingMeasuresWithTheWallClock() {
    noClasses().should().callMethod(System.class, "currentTimeMillis").check(FRAMEWORK);
  }

  @Test
  void nothingUsesJavaUtilLogging() {
    NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(FRAMEWORK);
  }

  @Test
  void onlyWhatPeopleReadPrints() {
    noClasses()
        .that(outside("junit report.. cli site.embedded.standin.."))
        .should(ACCESS_STANDARD_STREAMS)
        .check(FRAMEWORK);
  }

  @Test
  void noStaticFieldCanChange() {
    noFields().that().areStatic().should().notBeFinal().check(FRAMEWORK);
  }

  private static void onlyImporterOf(String library, String importer) {
    noClasses()
        .that(outside(importer))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(FRAMEWORK);
  }

  private static DescribedPredicate<JavaClass> outside(String names) {
    List<DescribedPredicate<JavaClass>> inside =
        Arrays.stream(names.strip().split(" +", -1))
            .map(name -> resideInAPackage(pattern(name)))
            .toList();
    return describe(
        "reside outside of " + names.strip(),
        type -> inside.stream().noneMatch(predicate -> predicate.test(type)));
  }

  private static String pattern(String name) {
    return BASE + "." + name;
  }
}
