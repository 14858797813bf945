package dev.drillbook.site.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.site.Disturbance;
import dev.drillbook.site.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** Our own aws, as scripts find it, against the store that a site has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwsIT {
  private Path planFolder;
  private EmbeddedSite site;
  private ObjectStore store;
  private S3Client client;
  private Map<String, String> environment;
  private Path ours;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    planFolder = temporary;
    DrillPlan plan = StorePlans.objectStore(planFolder);
    FakePrograms.script(planFolder.resolve("scripts"), "environment.sh", "env > environment");
    Map<String, String> without = new HashMap<>(System.getenv());
    without.put("PATH", "/nowhere");
    site = EmbeddedSite.create(plan, 1, Installations.ofThisMachine(without, said -> {}));
    store = site.objectStore("store");
    site.bringUp();
    client = store.connect();
    store.script("environment.sh").perform();
    environment = new HashMap<>();
    for (String line : Files.readAllLines(planFolder.resolve("environment"))) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        environment.put(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    ours = ToolRun.find("aws", environment);
    assertThat(ours).startsWith(site.path());
  }

  @AfterAll
  void close() {
    client.close();
    site.close();
  }

  @BeforeEach
  void empty() throws IOException {
    for (String bucket : store.buckets()) {
      var all = client.listObjectVersions(list -> list.bucket(bucket));
      all.versions().forEach(each -> delete(bucket, each.key(), each.versionId()));
      all.deleteMarkers().forEach(each -> delete(bucket, each.key(), each.versionId()));
    }
    folder = Files.createTempDirectory(planFolder, "work");
    file("d/a.txt", "one\n");
    file("d/empty", "");
    file("d/sub/ü c.txt", "three\n");
  }

  private void delete(String bucket, String key, String version) {
    client.deleteObject(gone -> gone.bucket(bucket).key(key).versionId(version));
  }

  private Path file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private void put(String bucket, String key, String content) {
    client.putObject(
        put -> put.bucket(bucket).key(key).contentType("text/plain"),
        RequestBody.fromString(content));
  }

  private String get(String bucket, String key) {
    return client.getObjectAsBytes(get -> get.bucket(bucket).key(key)).asUtf8String();
  }

  private ToolRun run(String... arguments) throws Exception {
    return ToolRun.of(folder, environment, "", ours, arguments);
  }

  private List<String> names(String bucket) {
    return client.listObjectsV2(list -> list.bucket(bucket)).contents().stream()
        .map(object -> object.key())
        .toList();
  }

  private List<String> files(String root) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(root))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.resolve(root).relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void filesGoUpAndComeBack() throws Exception {
    run("s3", "cp", "d/a.txt", "s3://media/").prints("upload: d/a.txt to s3://media/a.txt");
    assertThat(get("media", "a.txt")).isEqualTo("one\n");
    run("s3", "cp", "s3://media/a.txt", "new/folder/b.txt")
        .prints("download: s3://media/a.txt to new/folder/b.txt");
    assertThat(folder.resolve("new/folder/b.txt")).hasContent("one");
    run("s3", "cp", "s3://media/a.txt", ".").prints("download: s3://media/a.txt to ./a.txt");
    run("s3", "cp", "s3://media/a.txt", "s3://scratch/x/")
        .prints("copy: s3://media/a.txt to s3://scratch/x/a.txt");
    run("s3", "mv", "--quiet", "d/a.txt", "s3://scratch/moved").prints();
    assertThat(files("d")).doesNotContain("a.txt");
    run("s3", "mv", "s3://scratch/moved", "back").prints("move: s3://scratch/moved to ./back");
    assertThat(names("scratch")).containsExactly("x/a.txt");
    run("s3", "rm", "s3://scratch/x/a.txt").prints("delete: s3://scratch/x/a.txt");
    assertThat(names("scratch")).isEmpty();
  }

  @Test
  void contentIsPipedThroughBothWays() throws Exception {
    String binary = "\u00ff\u0000\n".repeat(100_000);
    ToolRun.of(folder, environment, binary, ours, "s3", "cp", "-", "s3://media/piped").prints();
    ToolRun back = run("s3", "cp", "s3://media/piped", "-");
    assertThat(back.out().equals(binary)).isTrue();
    assertThat(back.exitCode()).isZero();
  }

  @Test
  void treesAreCopiedListedAndRemoved() throws Exception {
    run("s3", "cp", "d", "s3://media/tree", "--recursive", "--only-show-errors").prints();
    assertThat(names("media")).containsExactly("tree/a.txt", "tree/empty", "tree/sub/ü c.txt");
    assertThat(run("s3", "ls", "s3://media/tree/").out().lines())
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("                           PRE sub/"),
            line ->
                assertThat(line)
                    .matches("20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d          4 a.txt"),
            line -> assertThat(line).endsWith("          0 empty"));
    assertThat(run("s3", "ls", "s3://media", "--recursive", "--summarize").out())
        .contains("          4 tree/a.txt\n")
        .endsWith("\nTotal Objects: 3\n   Total Size: 10\n");
    run("s3", "ls", "s3://media/nothing").fails(1, "");
    assertThat(run("s3", "ls").out().lines())
        .hasSize(2)
        .anyMatch(line -> line.endsWith(" scratch"));
    run("s3", "cp", "s3://media/tree", "copy", "--recursive");
    assertThat(files("copy")).isEqualTo(files("d"));
    run("s3", "rm", "s3://media/tree", "--recursive", "--exclude", "*", "--include", "sub/*");
    assertThat(names("media")).containsExactly("tree/a.txt", "tree/empty");
  }

  @Test
  void syncDoesWhatIsMissingAndNoMore() throws Exception {
    run("s3", "sync", "d", "s3://scratch/s");
    run("s3", "sync", "d", "s3://scratch/s").prints();
    file("d/new", "x");
    Files.delete(folder.resolve("d/empty"));
    run("s3", "sync", "d", "s3://scratch/s", "--delete", "--dryrun")
        .prints(
            "(dryrun) upload: d/new to s3://scratch/s/new",
            "(dryrun) delete: s3://scratch/s/empty");
    run("s3", "sync", "d", "s3://scratch/s", "--delete");
    assertThat(names("scratch")).containsExactly("s/a.txt", "s/new", "s/sub/ü c.txt");

    run("s3", "sync", "s3://scratch/s", "e");
    run("s3", "sync", "s3://scratch/s", "e").prints();
    file("e/new", "y"); // As long, but newer than the object: changed since.
    file("e/extra", "z");
    run("s3", "sync", "s3://scratch/s", "e").prints("download: s3://scratch/s/new to e/new");
    assertThat(folder.resolve("e/new")).hasContent("x");
    assertThat(folder.resolve("e/extra")).exists();
    Path later = folder.resolve("d/a.txt");
    Files.setLastModifiedTime(later, FileTime.from(Instant.now().plusSeconds(60)));
    run("s3", "sync", "d", "s3://scratch/s", "--size-only").prints();
    run("s3", "sync", "d", "s3://scratch/s").prints("upload: d/a.txt to s3://scratch/s/a.txt");
  }

  @Test
  void versionsAreListedFetchedCopiedBackAndRemoved() throws Exception {
    put("media", "photo", "first");
    put("media", "photo", "overwritten");
    client.deleteObject(gone -> gone.bucket("media").key("photo"));
    ToolRun listed = run("s3api", "list-object-versions", "--bucket", "media", "--output", "text");
    assertThat(listed.out().lines().map(line -> line.split("\t", -1)[0]))
        .containsExactly("DELETEMARKERS", "OWNER", "VERSIONS", "OWNER", "VERSIONS", "OWNER");
    String first =
        client.listObjectVersions(list -> list.bucket("media")).versions().stream()
            .filter(version -> version.size() == 5)
            .map(ObjectVersion::versionId)
            .collect(Collectors.joining());
    ToolRun fetched =
        run("s3api", "get-object", "--bucket=media", "--key=photo", "--version-id", first, "out");
    assertThat(fetched.out())
        .startsWith("{\n    \"LastModified\": \"20")
        .contains("    \"ContentLength\": 5,\n", "\"VersionId\": \"" + first + "\"");
    assertThat(folder.resolve("out")).hasContent("first");
    assertThat(
            run(
                    "s3api",
                    "copy-object",
                    "--bucket=media",
                    "--key=photo",
                    "--copy-source",
                    "media/photo?versionId=" + first)
                .exitCode())
        .isZero();
    assertThat(get("media", "photo")).isEqualTo("first");
    run("s3api", "delete-object", "--bucket=media", "--key=photo", "--version-id", first);
    assertThat(
            run("s3api", "get-object", "--bucket=media", "--key=photo", "--version-id", first, "o2")
                .exitCode())
        .isEqualTo(254);
    run("s3api", "get-bucket-versioning", "--bucket", "media")
        .prints("{", "    \"Status\": \"Enabled\"", "}");
  }

  @Test
  void whoIsDeniedIsToldAsByAwsAndNoFileIsLeft() throws Exception {
    put("media", "a", "1");
    Map<String, String> shop = new HashMap<>(environment);
    shop.put("AWS_ACCESS_KEY_ID", store.keys("shop").accessKey());
    shop.put("AWS_SECRET_ACCESS_KEY", store.keys("shop").secretKey());
    Disturbance denied = store.deny("shop", Optional.of("media"));
    try {
      ToolRun.of(folder, shop, "", ours, "s3", "ls", "s3://media")
          .fails(
              254,
              "An error occurred (AccessDenied) when calling the ListObjectsV2 operation: Access"
                  + " Denied");
      ToolRun.of(folder, shop, "", ours, "s3", "cp", "d", "s3://media/x", "--recursive")
          .fails(
              1,
              "upload failed: d/a.txt to s3://media/x/a.txt An error occurred (AccessDenied) when"
                  + " calling the PutObject operation: Access Denied");
      ToolRun.of(folder, shop, "", ours, "s3", "cp", "s3://media/a", "z")
          .fails(1, "fatal error: An error occurred (403) when calling the HeadObject operation");
      ToolRun.of(folder, shop, "", ours, "s3api", "get-object", "--bucket=media", "--key=a", "z")
          .fails(254, "An error occurred (AccessDenied) when calling the GetObject operation");
      ToolRun.of(folder, shop, "", ours, "s3", "mv", "d/a.txt", "s3://media/x")
          .fails(1, "move failed");
    } finally {
      denied.end();
    }
    assertThat(folder.resolve("d/a.txt")).exists();
    run("s3", "cp", "s3://media/nothing", "z")
        .fails(1, "calling the HeadObject operation: Key \"nothing\" does not exist");
    run("s3", "cp", "nothing", "s3://media/")
        .fails(255, "The user-provided path nothing does not exist.");
    run("s3", "ls", "s3://no-such-bucket").fails(254, "An error occurred (NoSuchBucket)");
    assertThat(files(".")).containsExactly("d/a.txt", "d/empty", "d/sub/ü c.txt");
  }

  @Test
  void aDownloadThatBreaksOffLeavesTheFileAsItWas() throws Exception {
    Path older = file("kept", "the one of yesterday");
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var server = CompletableFuture.runAsync(() -> breakOff(socket));
      String there = "http://127.0.0.1:" + socket.getLocalPort();
      run("s3api", "get-object", "--endpoint-url", there, "--bucket=b", "--key=k", "kept")
          .fails(255, "500");
      server.join();
    }
    assertThat(older).hasContent("the one of yesterday");
    assertThat(files(".")).containsExactly("d/a.txt", "d/empty", "d/sub/ü c.txt", "kept");
  }

  /** Answers as a store does until it is killed in the middle. */
  private static void breakOff(ServerSocket socket) {
    try (Socket client = socket.accept()) {
      StringBuilder asked = new StringBuilder();
      while (!asked.toString().endsWith("\r\n\r\n")) {
        asked.append((char) client.getInputStream().read());
      }
      String modified = "Last-Modified: Sat, 21 Nov 2026 23:10:11 GMT";
      String head =
          String.join("\r\n", "HTTP/1.1 200 OK", "Content-Length: 1000", modified, "", "");
      client.getOutputStream().write((head + "x".repeat(500)).getBytes(US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void itNeverGoesToARealCloud() throws Exception {
    Map<String, String> nowhere = new HashMap<>(environment);
    nowhere.remove("AWS_ENDPOINT_URL");
    nowhere.remove("AWS_ENDPOINT_URL_S3");
    ToolRun.of(folder, nowhere, "", ours, "s3", "ls").fails(253, "never goes to the real S3");
    run("s3", "ls", "--endpoint-url", "http://192.0.2.1:9000")
        .fails(253, "goes to no public address");
    run("s3", "ls", "--endpoint-url", "http://127.0.0.1:1")
        .fails(255, "Could not connect to the endpoint URL");
    nowhere.put("AWS_ENDPOINT_URL", environment.get("AWS_ENDPOINT_URL"));
    nowhere.remove("AWS_ACCESS_KEY_ID");
    ToolRun.of(folder, nowhere, "", ours, "s3", "ls").fails(253, "Unable to locate credentials");
  }

  @Test
  void whatItDoesNotHaveIsRefusedByName() throws Exception {
    run("s3api", "list-objects-v2", "--bucket=media", "--query", "Contents[].Key").fails(252, "jq");
    run("s3", "presign", "s3://media/a")
        .fails(252, "s3 presign is not among what Drillbook's own aws has");
    run("s3api", "put-bucket-policy").fails(252, "it has copy-object, delete-object");
    run("ec2", "describe-instances").fails(252, "it has s3 and s3api");
    run("s3", "cp", "d", "s3://media", "--acl", "public-read").fails(252, "option --acl");
    run("s3", "cp", "d").fails(252, "the following arguments are required: paths");
    run("s3api", "head-object", "--bucket=media").fails(252, "are required: --key");
  }

  /**
   * What the real one makes of it. An answer that never comes is asked for again well before our
   * own patience ends; its own, a minute, is as long.
   */
  private ToolRun reference(FoundTool real, Map<String, String> with, String... arguments)
      throws Exception {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--cli-read-timeout";
    all[arguments.length + 1] = "10";
    return ToolRun.of(folder, with, "", real.file().orElseThrow(), all);
  }

  @Test
  void itPrintsWhatTheRealOnePrints() throws Exception {
    FoundTool real = FoundTool.look(ScriptTool.AWS, new SearchPath(System.getenv("PATH")));
    assumeTrue(!real.isOurs(), real::describe);
    Path settings =
        Files.writeString(
            folder.resolve("settings"), "[default]\ncli_timestamp_format = iso8601\n");
    Map<String, String> with = new HashMap<>(environment);
    with.put("AWS_CONFIG_FILE", settings.toString());
    with.put("PATH", System.getenv("PATH"));
    put("media", "photo", "first");
    put("media", "photo", "second");
    put("media", "tree/ü \"quoted\"", "third");
    client.deleteObject(gone -> gone.bucket("media").key("photo"));
    put("media", "big", "x".repeat(1_600_000));
    for (String command :
        List.of(
            "s3 ls",
            "s3 ls s3://media",
            "s3 ls media/tree",
            "s3 ls s3://media --recursive --human-readable --summarize",
            "s3 ls s3://scratch",
            "s3api list-buckets",
            "s3api get-bucket-versioning --bucket media",
            "s3api get-bucket-versioning --bucket scratch",
            "s3api list-objects-v2 --bucket media",
            "s3api list-objects-v2 --bucket media --delimiter / --prefix t",
            "s3api list-objects-v2 --bucket scratch",
            "s3api list-object-versions --bucket media --prefix p",
            "s3api head-object --bucket media --key big",
            "s3api head-object --bucket media --key big --output text",
            "s3api get-object --bucket media --key big fetched",
            "s3api put-object --bucket scratch --key put --body d/a.txt --metadata a=1,b=2",
            "s3api head-object --bucket scratch --key put",
            "s3api delete-object --bucket scratch --key put",
            "s3 cp d s3://scratch/tree --recursive --no-progress",
            "s3 cp d s3://scratch/some --recursive --exclude *.txt --no-progress",
            "s3 sync d s3://scratch/tree --no-progress",
            "s3 cp s3://media/big copies/ --no-progress",
            "s3 cp s3://media/big - --no-progress",
            "s3 mv s3://scratch/tree moved --recursive --dryrun",
            "s3 rm s3://scratch --recursive --dryrun",
            "s3 cp s3://media/missing x",
            "s3 cp missing s3://media/x",
            "s3 cp d/a.txt s3://no-such-bucket/x --no-progress",
            "s3 ls s3://no-such-bucket",
            "s3api get-object --bucket media --key missing x",
            "s3api head-object --bucket media --key missing")) {
      String[] arguments = command.split(" ", -1);
      ToolRun expected = reference(real, with, arguments);
      ToolRun actual = run(arguments);
      UnaryOperator<String> sorted =
          text -> text.lines().sorted().collect(Collectors.joining("\n"));
      boolean inAnyOrder = command.contains("--recursive");
      assertThat(inAnyOrder ? sorted.apply(actual.out()) : actual.out())
          .as(command)
          .isEqualTo(inAnyOrder ? sorted.apply(expected.out()) : expected.out());
      assertThat(actual.err()).as(command).isEqualTo(expected.err());
      assertThat(actual.exitCode() == 0).as(command).isEqualTo(expected.exitCode() == 0);
    }
    // In rows, the first version of the AWS CLI adds one of its own.
    for (String list : List.of("list-objects-v2", "list-object-versions")) {
      String[] arguments = {"s3api", list, "--bucket", "media", "--output", "text"};
      List<String> expected = reference(real, with, arguments).out().lines().toList();
      assertThat(run(arguments).out().lines())
          .as(list)
          .containsExactlyElementsOf(
              expected.stream().filter(line -> !line.startsWith("None")).toList());
    }
  }
}
