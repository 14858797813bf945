package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongoInstallationTest {
  @TempDir Path folder;

  @Test
  void aServerOnThePathIsUsed() throws Exception {
    Path mongod = FakePrograms.script(folder, "mongod", "echo 'db version v7.0.14'; echo more");
    MongoInstallation found = locate();

    assertThat(found.describe()).isEqualTo("MongoDB 7.0.14 from " + folder);
    assertThat(found.isStandIn()).isFalse();
    assertThat(found.caveats()).isEmpty();
    assertThat(found.serverCommand(Path.of("/data"), 20_000, "127.0.0.1"))
        .as("loopback only, a data folder of its own, the journal as it is by default")
        .containsExactly(
            mongod.toString(),
            "--dbpath",
            "/data",
            "--port",
            "20000",
            "--bind_ip",
            "127.0.0.1",
            "--nounixsocket",
            "--wiredTigerCacheSizeGB",
            "0.25");
  }

  @Test
  void aServerInAWellKnownPlaceIsUsedWhereThePathHasNone() {
    FakePrograms.script(folder.resolve("known"), "mongod", "echo 'db version v8.0.1'");
    assertThat(locate().describe()).isEqualTo("MongoDB 8.0.1 from " + folder.resolve("known"));
  }

  @Test
  void aServerThatDoesNotRunHereIsPassedOverAndSaid() {
    FakePrograms.script(folder, "mongod", "echo Illegal instruction >&2; exit 132");
    MongoInstallation found = locate();
    assertThat(found.isStandIn()).isTrue();
    assertThat(found.caveats()).hasSize(1);
    assertThat(found.caveats().get(0))
        .startsWith(folder.resolve("mongod") + " is not used: ")
        .contains("132", "Illegal instruction");
  }

  @Test
  void withoutAServerAStandInPlaysItAndSaysSo() {
    MongoInstallation found = locate();
    assertThat(found.describe()).startsWith("a stand-in for MongoDB 5.0 (mongo-java-server 1.47.0");
    assertThat(found.serverCommand(Path.of("/data"), 20_000, "127.0.0.1"))
        .endsWith(
            "dev.drillbook.site.embedded.standin.MongoStandIn", "/data", "20000", "127.0.0.1");
  }

  @Test
  void whatIsFoundIsSaidOnce() {
    List<String> told = new ArrayList<>();
    Installations installations =
        Installations.ofThisMachine(Map.of("PATH", folder.toString()), told::add);
    assertThat(installations.mongo("store")).isSameAs(installations.mongo("store"));
    assertThat(told).contains(installations.mongo("store").describe()).doesNotHaveDuplicates();
  }

  @Test
  void theStandInsAreOfTheVersionsThatTheBuildHas() throws Exception {
    String build = Files.readString(Path.of("pom.xml"));
    assertThat(build)
        .contains("<mongo-java-server.version>" + locate().version() + "</")
        .contains("<s3proxy.version>4.1.0</");
    assertThat(S3StandInProgram.STAND_IN.coordinates()).containsExactly("org.gaul:s3proxy:4.1.0");
  }

  private MongoInstallation locate() {
    return MongoInstallation.locate(
        new SearchPath(folder.toString()), List.of(folder.resolve("known")));
  }
}
