package dev.drillbook.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a plan takes from the team's own Compose file, and what it refuses to take. */
class ComposeTest {
  private static final String COMPOSE =
      """
      x-logging: &quiet
        LOG_LEVEL: ${LOG_LEVEL:-info}
        REGION: west
      services:
        postgres:
          image: postgres:${PG_VERSION:-17.6}
          environment:
            POSTGRES_DB: shop
            POSTGRES_USER: clerk
            POSTGRES_PASSWORD: ${NOBODY_ASKS_FOR_THIS:?never set}
          ports: ["5432:5432"]
          volumes: [data:/var/lib/postgresql/data]
          healthcheck: {test: pg_isready}
          restart: always
        redis: {image: "redis:8"}
        backend:
          image: registry.example.com/shop:1.2
          depends_on: [postgres, redis]
          networks: [inside]
          deploy: {replicas: 3}
          profiles: [production]
          working_dir: /srv
          entrypoint: ["java", "-jar"]
          command: shop.jar --name "the shop" --tenant=$TENANT
          environment:
            <<: *quiet
            REGION: east
            API_TOKEN: token-${API_TOKEN}
            RETRIES: 3
            NOTHING:
            PASSED_ON:
        worker:
          build: ./worker
      volumes: {data: {}}
      """;

  @TempDir Path temp;
  private PlanFolder folder;

  @BeforeEach
  void fillTheFolder() {
    folder = PlanFolder.in(temp);
  }

  private static String plan(String services) {
    return PlanFolder.VALID.replace(
        "backups:\n",
        "compose:\n  file: docker-compose.yml\n  services:\n" + services.indent(4) + "backups:\n");
  }

  private static final String MAPPED =
      plan("db: postgres\ncache: redis\nshop: backend")
          .replace("    command: [\"{java}\", \"-jar\", \"shop.jar\"]\n", "");

  private void write(String name, String text) throws IOException {
    Files.writeString(temp.resolve(name), text);
  }

  private DrillPlan load(String plan, Map<String, String> environment) {
    return PlanLoader.load(folder.plan(plan), environment);
  }

  private List<Problem> problems(String plan, Map<String, String> environment) {
    try {
      load(plan, environment);
      return List.of();
    } catch (PlanException e) {
      return e.problems();
    }
  }

  @Test
  void aServiceGivesItsComponentWhatADrillUses() throws Exception {
    write("docker-compose.yml", COMPOSE);
    write(".env", "TENANT=acme-tenant\nAPI_TOKEN=from-the-file\n");

    DrillPlan plan =
        load(
            MAPPED,
            Map.of("API_TOKEN", "s3cr3t-token", "PASSED_ON", "passed-on", "PG_VERSION", "16"));

    assertThat(plan.image("db")).contains("postgres:16");
    assertThat(plan.image("cache")).contains("redis:8");
    assertThat(plan.image("audit")).isEmpty();
    ComposeService backend = plan.services().get("shop");
    assertThat(backend.entrypoint()).contains(List.of("java", "-jar"));
    assertThat(backend.command())
        .contains(List.of("shop.jar", "--name", "the shop", "--tenant=acme-tenant"));
    assertThat(backend.workingFolder()).contains("/srv");
    assertThat(backend.environment())
        .containsOnly(
            Map.entry("LOG_LEVEL", "info"),
            Map.entry("REGION", "east"),
            Map.entry("API_TOKEN", "token-s3cr3t-token"),
            Map.entry("RETRIES", "3"),
            Map.entry("PASSED_ON", "passed-on"));
    assertThat(backend.secrets())
        .containsExactlyInAnyOrder("s3cr3t-token", "acme-tenant", "passed-on");
    assertThat(backend).hasToString("service backend of docker-compose.yml");
    assertThat(((ComponentSpec.App) plan.components().get("shop")).command()).isEmpty();
    assertThat(plan.services().get("db").environment()).isEmpty();
  }

  @Test
  void aVariableThatLeavesNothingIsRemembered() throws Exception {
    write("docker-compose.yml", COMPOSE);
    ComposeService backend = load(MAPPED, Map.of("API_TOKEN", "a")).services().get("shop");
    assertThat(backend.unset()).containsExactly("TENANT");
    assertThat(backend.command().orElseThrow()).endsWith("--tenant=");
    assertThat(backend.secrets()).as("what would blank out every a").isEmpty();
  }

  @Test
  void thePlansOwnImageAndCommandGoFirst() throws Exception {
    write("docker-compose.yml", COMPOSE.replace("--tenant=$TENANT", "${NEVER:?asked for}"));
    DrillPlan plan =
        load(
            plan("db: postgres\nshop: backend\naudit: worker")
                .replace("backups:\n", "images: {db: 'postgres:17.1', audit: audit:3}\nbackups:\n"),
            Map.of());
    assertThat(plan.image("db")).contains("postgres:17.1");
    assertThat(plan.image("audit")).contains("audit:3");
    assertThat(plan.services().get("audit").image()).isEmpty();
    assertThat(plan.services().get("shop").command()).isEmpty();
    assertThat(plan.services().get("shop").entrypoint()).isEmpty();
    assertThat(plan.services().get("shop").environment()).containsEntry("REGION", "east");
  }

  @Test
  void anEnvironmentMayBeAListAndComeFromFiles() throws Exception {
    write(
        "docker-compose.yml",
        """
        services:
          backend:
            image: shop
            env_file: [base.env, {path: more.env}, {path: none.env, required: false}]
            environment:
              - A=own=$B
              - PASSED_ON
              - GONE
        """);
    write("base.env", "A=base\nC=from-base\nD=d\nGONE=1\n");
    write("more.env", "C=from-${TENANT}\n");
    ComposeService backend =
        load(plan("shop: backend"), Map.of("B", "b", "PASSED_ON", "p", "TENANT", "acme-tenant"))
            .services()
            .get("shop");
    assertThat(backend.environment())
        .containsOnly(
            Map.entry("A", "own=b"),
            Map.entry("C", "from-acme-tenant"),
            Map.entry("D", "d"),
            Map.entry("PASSED_ON", "p"));
    assertThat(backend.secrets()).containsExactlyInAnyOrder("acme-tenant", "from-acme-tenant");
  }

  @Test
  void anEmptyEntrypointTakesTheImagesAwayAndNullDoesNot() throws Exception {
    write(
        "docker-compose.yml",
        "services: {backend: {image: shop, entrypoint: '', command: [run, \"a b\"]}, other: {image: x, entrypoint: null}}");
    String plan = MAPPED.replace("    db: postgres\n    cache: redis\n", "");
    ComposeService backend = load(plan, Map.of()).services().get("shop");
    assertThat(backend.entrypoint()).contains(List.of());
    assertThat(backend.command()).contains(List.of("run", "a b"));
    ComposeService other =
        load(plan.replace("shop: backend", "shop: other"), Map.of()).services().get("shop");
    assertThat(other.entrypoint()).isEmpty();
    assertThat(other.command()).isEmpty();
  }

  @Test
  void aDatabaseThatOnlyItsVariablesNameIsComparedToo() throws Exception {
    write("docker-compose.yml", COMPOSE.replace("POSTGRES_DB: shop", "POSTGRES_DB: ${DB:-shop}"));
    assertThat(problems(MAPPED, Map.of())).isEmpty();
    assertThat(problems(MAPPED, Map.of("DB", "hidden-name")))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.toString())
                    .contains(
                        "docker-compose.yml:8: service postgres has POSTGRES_DB another, from a variable")
                    .contains("the database 'shop'")
                    .doesNotContain("hidden-name"));
  }

  /**
   * @param was what is replaced in the Compose file, or in the plan where that does not have it
   * @param file which file is reported
   * @param at what the line that is reported contains
   */
  record Case(
      String name, String was, String is, String file, String at, String found, String hint) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void aFaultIsReportedInItsFileOnItsLineWithAHint(Case fault) throws Exception {
    boolean inCompose = COMPOSE.contains(fault.was());
    assertThat(inCompose || MAPPED.contains(fault.was())).isTrue();
    String compose = COMPOSE.replace(fault.was(), fault.is());
    String plan = inCompose ? MAPPED : MAPPED.replace(fault.was(), fault.is());
    write("docker-compose.yml", compose);
    write("bad.env", "no variable\n");

    List<Problem> problems = problems(plan, Map.of());

    assertThat(problems).as("%s", problems).hasSize(1);
    Problem problem = problems.get(0);
    assertThat(problem.file()).isEqualTo(temp.resolve(fault.file()));
    assertThat(problem.found()).contains(fault.found());
    assertThat(problem.hint()).contains(fault.hint());
    List<String> lines = Files.readString(problem.file()).lines().toList();
    assertThat(lines.get(problem.line() - 1)).contains(fault.at());
  }

  static Stream<Case> faults() {
    return Stream.of(
        inPlan(
            "no such file",
            "file: docker-compose.yml",
            "file: compose.yaml",
            "file: compose.yaml",
            "'file' is 'compose.yaml', a file that does not exist",
            "compose.yaml"),
        inPlan(
            "no such service",
            "db: postgres",
            "db: postgress",
            "db: postgress",
            "docker-compose.yml has no service 'postgress'",
            "did you mean 'postgres'? its services are: postgres, redis, backend, worker"),
        inPlan(
            "no such component",
            "cache: redis",
            "cash: redis",
            "cash: redis",
            "there is no component 'cash'",
            "did you mean 'cache'? the plan declares: db, cache, shop, audit"),
        inPlan(
            "an unknown key",
            "  file: docker-compose.yml\n",
            "  file: docker-compose.yml\n  project: shop\n",
            "project:",
            "has an unknown key 'project'",
            "the keys here are: services, file"),
        inPlan(
            "an app that neither the plan nor a service gives a command",
            "    shop: backend\n",
            "",
            "shop:",
            "component shop has no 'command'",
            "name its service under 'compose'"),
        inPlan(
            "a service that is a list",
            "    shop: backend\n",
            "    shop: [backend]\n",
            "shop: [",
            "'shop' is a list, not one value",
            "the name of a service"),
        new Case(
            "no YAML",
            "services:\n",
            "services: [\n",
            "docker-compose.yml",
            "",
            "this is not YAML",
            "look at column"),
        new Case(
            "no services",
            "services:\n",
            "service:\n",
            "docker-compose.yml",
            "x-logging",
            "the Compose file has no 'services'",
            "name each service"),
        new Case(
            "a service that is only built",
            "  redis: {image: \"redis:8\"}\n",
            "  redis: {build: ./redis}\n",
            "docker-compose.yml",
            "redis: {build",
            "service redis is built, and names no image",
            "build it and name the image here, or name one under 'images'"),
        new Case(
            "a service without an image",
            "  redis: {image: \"redis:8\"}\n",
            "  redis: {restart: always}\n",
            "docker-compose.yml",
            "redis: {restart",
            "service redis names no image",
            "name one here, or under 'images' in the plan"),
        new Case(
            "an image that comes out empty",
            "image: postgres:${PG_VERSION:-17.6}",
            "image: ${PG_IMAGE}",
            "docker-compose.yml",
            "image: ${PG_IMAGE}",
            "the image of service postgres is empty once its variables are filled in",
            "set PG_IMAGE, or write a default"),
        new Case(
            "a required variable that is not set",
            "LOG_LEVEL: ${LOG_LEVEL:-info}",
            "LOG_LEVEL: ${LOG_LEVEL:?how much}",
            "docker-compose.yml",
            "LOG_LEVEL: ${",
            "variable LOG_LEVEL of service backend is '${LOG_LEVEL:?how much}', and LOG_LEVEL is not set (how much)",
            "set LOG_LEVEL in the environment of the drill, or in .env beside docker-compose.yml"),
        new Case(
            "a variable that is no variable",
            "image: \"redis:8\"",
            "image: \"redis:${VERSION/8/9}\"",
            "docker-compose.yml",
            "redis:",
            "${VERSION/8/9} is no variable",
            "write ${NAME}"),
        new Case(
            "a service that extends another",
            "  backend:\n",
            "  backend:\n    extends: {file: base.yml, service: app}\n",
            "docker-compose.yml",
            "extends:",
            "service backend extends another one, which is not read",
            "docker compose config --no-interpolate"),
        new Case(
            "another database than the plan's",
            "POSTGRES_DB: shop",
            "POSTGRES_DB: store",
            "docker-compose.yml",
            "POSTGRES_DB: store",
            "service postgres has POSTGRES_DB 'store', but component db has the database 'shop': ",
            "let both name the same database"),
        new Case(
            "another user than the plan's",
            "POSTGRES_USER: clerk",
            "POSTGRES_USER: boss",
            "docker-compose.yml",
            "POSTGRES_USER: boss",
            "service postgres has POSTGRES_USER 'boss', but component db has the user 'clerk': ",
            "let both name the same user"),
        new Case(
            "a name that no shell passes on",
            "RETRIES: 3",
            "retries.most: 3",
            "docker-compose.yml",
            "retries.most",
            "'retries.most' is not a name for a variable that a shell passes on",
            "letters, digits and underscores"),
        new Case(
            "a quote that is not closed",
            "--name \"the shop\"",
            "--name \"the shop",
            "docker-compose.yml",
            "command:",
            "the command of service backend is a text with a quote that is not closed",
            "write a list"),
        new Case(
            "nothing to run",
            "entrypoint: [\"java\", \"-jar\"]\n    command: shop.jar --name \"the shop\" --tenant=$TENANT\n",
            "entrypoint: []\n",
            "docker-compose.yml",
            "entrypoint: []",
            "so that there is nothing to run",
            "name the program in 'command'"),
        new Case(
            "a file of variables that is not there",
            "working_dir: /srv\n",
            "env_file: gone.env\n",
            "docker-compose.yml",
            "env_file:",
            "service backend takes its environment from gone.env, which does not exist",
            "required: false"),
        new Case(
            "a file of variables with something else in it",
            "working_dir: /srv\n",
            "env_file: bad.env\n",
            "bad.env",
            "no variable",
            "this line sets no variable",
            "write NAME=value"),
        new Case(
            "an environment that is a text",
            "  redis: {image: \"redis:8\"}\n  backend:\n",
            "  redis: {image: \"redis:8\"}\n  backend: 3\n  other:\n",
            "docker-compose.yml",
            "backend: 3",
            "service backend is a text, not a mapping",
            "write its keys below it"),
        new Case(
            "an alias of a text merged",
            "<<: *quiet\n",
            "<<: quiet\n",
            "docker-compose.yml",
            "<<: quiet",
            "'<<' merges a text, not a mapping",
            "write <<: *name"));
  }

  private static Case inPlan(
      String name, String was, String is, String at, String found, String hint) {
    return new Case(name, was, is, "plan.yaml", at, found, hint);
  }

  @Test
  void bothPlacesOfAContradictionAreNamed() throws Exception {
    write("docker-compose.yml", COMPOSE.replace("POSTGRES_DB: shop", "POSTGRES_DB: store"));
    assertThat(problems(MAPPED, Map.of()))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.toString())
                    .startsWith(temp.resolve("docker-compose.yml") + ":8: ")
                    .contains(temp.resolve("plan.yaml") + ":6"));
  }

  @Test
  void whatIncludedFilesMayHoldIsSaid() throws Exception {
    write("docker-compose.yml", "include: [base.yml]\n" + COMPOSE);
    assertThat(problems(MAPPED, Map.of())).isEmpty();
    assertThat(problems(MAPPED.replace("cache: redis", "cache: memcached"), Map.of()))
        .singleElement()
        .extracting(Problem::hint)
        .asString()
        .contains("files that it includes are not read: name the one that has the service");
  }

  @Test
  void anAddressIsPlayedByNoService() throws Exception {
    write("docker-compose.yml", COMPOSE);
    String plan =
        MAPPED
            .replace("components:\n", "components:\n  www: {kind: address, of: shop}\n")
            .replace("    cache: redis\n", "    cache: redis\n    www: worker\n");
    assertThat(problems(plan, Map.of()))
        .singleElement()
        .extracting(Problem::found)
        .asString()
        .contains("'www' is an address, which no service plays");
  }

  @Test
  void nothingMappedIsAProblem() throws Exception {
    write("docker-compose.yml", COMPOSE);
    assertThat(problems(plan("").replace("services:\n", "services: {}\n"), Map.of()))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.found()).contains("'services' maps nothing");
              assertThat(problem.hint()).contains("write {component: service}");
            });
  }

  @Test
  void allProblemsComeAtOnceThoseOfThePlanFirst() throws Exception {
    write(
        "docker-compose.yml",
        COMPOSE.replace("POSTGRES_DB: shop", "POSTGRES_DB: store").replace("redis:8", "${NONE:?}"));
    List<Problem> problems =
        problems(
            MAPPED.replace("shop: backend", "shop: back").replace("rto: 45m", "rto: soon"),
            Map.of());
    assertThat(problems)
        .extracting(problem -> problem.file().getFileName().toString())
        .containsExactly("plan.yaml", "plan.yaml", "docker-compose.yml", "docker-compose.yml");
  }
}
