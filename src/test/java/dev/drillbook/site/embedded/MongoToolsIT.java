package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import dev.drillbook.plan.DrillPlan;
import dev.drillbook.site.Mongo;
import dev.drillbook.site.Transcript;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Our own mongodump and mongorestore, called by name as the scripts of a team call them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MongoToolsIT {
  private static final String EVERY_TYPE =
      """
      {"_id": {"$oid": "507f1f77bcf86cd799439011"},
       "int32": {"$numberInt": "1"}, "int64": {"$numberLong": "1"},
       "double": {"$numberDouble": "1.0"}, "nan": {"$numberDouble": "NaN"},
       "minusZero": {"$numberDouble": "-0.0"},
       "decimal": {"$numberDecimal": "1.10"}, "text": "ä\\u0000b", "empty": "",
       "date": {"$date": {"$numberLong": "-1"}},
       "binary": {"$binary": {"base64": "AQID", "subType": "00"}},
       "uuid": {"$binary": {"base64": "c//SZESzTGmQ6OfR38A11A==", "subType": "04"}},
       "own": {"$binary": {"base64": "AQID", "subType": "80"}},
       "regex": {"$regularExpression": {"pattern": "^a", "options": "i"}},
       "nothing": null, "yes": true, "no": false,
       "nested": {"z": {"$numberInt": "1"}, "a": [[], {}, [{"$numberLong": "2"}, "x"]]},
       "least": {"$minKey": 1}, "most": {"$maxKey": 1},
       "time": {"$timestamp": {"t": 42, "i": 7}}}
      """;

  private static final JsonWriterSettings EXACT =
      JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

  private Path planFolder;
  private EmbeddedSite site;
  private Mongo store;
  private MongoClient client;
  private Path out;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    planFolder = folder;
    DrillPlan plan = StorePlans.mongo(planFolder);
    FakePrograms.script(planFolder.resolve("scripts"), "run.sh", "exec \"$@\"");
    FakePrograms.script(
        planFolder.resolve("scripts"),
        "shell.sh",
        "exec mongosh --quiet \"$MONGO_URI\" --eval \"$1\"");
    FakePrograms.script(
        planFolder.resolve("scripts"),
        "uri.sh",
        "tool=$1; shift; exec $tool --uri=\"$MONGO_URI\" \"$@\"");
    site = EmbeddedSite.create(plan, 1, Installations.ofThisMachine(withoutTools(), said -> {}));
    store = site.mongo("store");
    site.bringUp();
    client = store.connect();
  }

  private static Map<String, String> withoutTools() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PATH", "/nowhere");
    return environment;
  }

  @AfterAll
  void close() {
    client.close();
    site.close();
  }

  @BeforeEach
  void empty() throws IOException {
    out = Files.createTempDirectory(planFolder, "out");
    for (String name : client.listDatabaseNames()) {
      if (!List.of("admin", "local", "config").contains(name)) {
        client.getDatabase(name).drop();
      }
    }
  }

  @Test
  void everyTypeAndIndexComesBackBitByBit() throws Exception {
    shop().getCollection("odd/name%", BsonDocument.class).insertOne(BsonDocument.parse(EVERY_TYPE));
    shop().createCollection("nothing");
    shop()
        .runCommand(
            Document.parse(
                """
                {createIndexes: "odd/name%", indexes: [
                  {key: {int32: 1}, name: "unique", unique: true},
                  {key: {text: 1, double: -1}, name: "compound", sparse: true},
                  {key: {date: 1}, name: "ttl", expireAfterSeconds: 3600}]}
                """));
    Map<String, List<String>> before = everything();

    for (List<String> gzip : List.of(List.<String>of(), List.of("--gzip"))) {
      Path to = out.resolve("dump" + gzip.size());
      List<String> said = run("mongodump", plus(gzip, "--out=" + to));
      assertThat(said)
          .anyMatch(line -> line.endsWith("done dumping shop.odd/name% (1 document)"))
          .anyMatch(line -> line.endsWith("done dumping shop.nothing (0 documents)"));
      String end = gzip.isEmpty() ? "" : ".gz";
      assertThat(to.resolve("shop"))
          .isDirectoryContaining("glob:**/nothing.bson" + end)
          .isDirectoryContaining("glob:**/odd%2Fname%25.metadata.json" + end);
      assertThat(filesIn(to)).hasSize(4);

      shop().drop();
      assertThat(everything()).isEmpty();
      said = run("mongorestore", plus(gzip, to.toString()));
      assertThat(said.get(said.size() - 1))
          .endsWith("1 document(s) restored successfully. 0 document(s) failed to restore.");
      assertThat(everything()).isEqualTo(before);
    }
    assertThat(before.get("odd/name% indexes")).hasSize(4);
  }

  @Test
  void aHundredThousandDocumentsComeBack() throws Exception {
    var many = shop().getCollection("many");
    for (int start = 0; start < 100_000; start += 10_000) {
      many.insertMany(
          IntStream.range(start, start + 10_000)
              .mapToObj(i -> new Document("_id", i).append("text", "document number " + i))
              .toList());
    }
    run("mongodump", "--out=" + out, "--gzip");
    many.insertOne(new Document("_id", -1));
    run("mongorestore", "--drop", "--gzip", "--nsInclude=shop.many", out.toString());
    assertThat(many.countDocuments()).isEqualTo(100_000);
    assertThat(many.find(new Document("_id", 77_777)).first())
        .containsEntry("text", "document number 77777");
    assertThat(many.find(new Document("_id", -1)).first()).as("dropped before").isNull();
  }

  @Test
  void onlyTheCollectionsThatAreNamedAreDumpedAndRestored() throws Exception {
    for (String name : List.of("orders", "vouchers", "logs")) {
      shop().getCollection(name).insertOne(new Document("_id", name));
    }
    run("mongodump", "--collection", "orders", "-o", out.toString());
    assertThat(filesIn(out)).containsExactly("shop/orders.bson", "shop/orders.metadata.json");
    run("mongodump", "--excludeCollection=logs", "--out=" + out);
    assertThat(filesIn(out)).hasSize(4);

    shop().drop();
    run("mongorestore", "--nsInclude=shop.*", "--nsExclude=shop.v*", "--dir=" + out);
    assertThat(shop().listCollectionNames()).containsExactly("orders");
    run(
        "mongorestore",
        "--db=shop",
        "--collection=copy",
        out.resolve("shop/vouchers.bson").toString());
    assertThat(shop().getCollection("copy").countDocuments()).isOne();
    run("mongorestore", "-d", "other", out.resolve("shop").toString());
    assertThat(client.getDatabase("other").listCollectionNames()).hasSize(2);
    fails(
        "there is no collection shop.nowhere", "mongodump", "--collection=nowhere", "--out=" + out);
  }

  @Test
  void documentsThatAreThereAlreadyFailTheRestore() throws Exception {
    shop()
        .getCollection("orders")
        .insertMany(List.of(new Document("_id", 1), new Document("_id", 2)));
    run("mongodump", "--out=" + out);
    shop().getCollection("orders").deleteOne(new Document("_id", 1));
    List<String> said =
        fails("shop.orders: the server refused documents", "mongorestore", out.toString());
    assertThat(said)
        .anyMatch(line -> line.contains("continuing through error: ") && line.contains("E11000"))
        .anyMatch(
            line ->
                line.endsWith(
                    "1 document(s) restored successfully. 1 document(s) failed to restore."));
    assertThat(shop().getCollection("orders").countDocuments()).isEqualTo(2);
  }

  @Test
  void aDumpThatIsTruncatedOrDamagedFailsTheRestore() throws Exception {
    shop()
        .getCollection("orders")
        .insertMany(List.of(new Document("_id", 1), new Document("_id", 2)));
    run("mongodump", "--out=" + out);
    run("mongodump", "--gzip", "--out=" + out.resolve("gzip"));
    Path file = out.resolve("shop/orders.bson");
    byte[] whole = Files.readAllBytes(file);

    Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 3));
    fails(
        "orders.bson is damaged or truncated at byte 14", "mongorestore", "--drop", out.toString());
    byte[] damaged = whole.clone();
    damaged[4] = 0x77;
    Files.write(file, damaged);
    fails(
        "orders.bson is damaged or truncated at byte 0", "mongorestore", "--drop", out.toString());
    Files.write(file, "this is no BSON at all".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    fails("a document cannot have", "mongorestore", "--drop", out.toString());
    Path compressed = out.resolve("gzip/shop/orders.bson.gz");
    try (FileChannel channel = FileChannel.open(compressed, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2);
      channel.write(ByteBuffer.allocate(0));
    }
    fails(
        "orders.bson.gz is damaged or truncated",
        "mongorestore",
        "--drop",
        "--gzip",
        out.resolve("gzip").toString());
    Files.writeString(out.resolve("shop/orders.metadata.json"), "{\"options\":");
    fails("orders.metadata.json is damaged", "mongorestore", "--drop", out.toString());
  }

  @Test
  void whatTheProgramsDoNotHaveIsRefusedByName() throws Exception {
    fails("option --archive is not among those", "mongodump", "--archive=" + out.resolve("x"));
    fails("option --oplogReplay is not among those", "mongorestore", "--oplogReplay");
    fails("mongorestore target", "mongorestore", out.resolve("nowhere").toString());
    fails("it is no option", "mongodump", "stray");
    fails("--db says other and the uri says shop", "mongodump", "--db=other");
  }

  @Test
  void aServerThatIsGoneFailsTheDumpAndLeavesNothing() throws Exception {
    Transcript transcript = new Transcript(site.secrets());
    assertThatThrownBy(
            () ->
                store
                    .script("run.sh", "mongodump", "--port=1", "--out=" + out)
                    .perform(transcript, Duration.ofMinutes(1)))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("exit code 1");
    assertThat(filesIn(out)).isEmpty();
    assertThat(out).isEmptyDirectory();
  }

  @Test
  void aDumpThatFailsHalfWayLeavesNothingUnderItsName() throws Exception {
    shop().getCollection("a").insertOne(new Document("_id", 1));
    shop().getCollection("z").insertOne(new Document("_id", 1));
    run("mongodump", "--out=" + out);
    // Escaped, its name is too long for a file.
    shop().getCollection("m" + "ä".repeat(60)).insertOne(new Document("_id", 1));
    shop().getCollection("a").insertOne(new Document("_id", 2));
    for (Path to : List.of(out, out.resolve("fresh"))) {
      fails("File name too long", "mongodump", "--out=" + to);
    }
    assertThat(filesIn(out.resolve("fresh"))).isEmpty();
    assertThat(filesIn(out)).hasSize(4);
    shop().drop();
    run("mongorestore", out.toString());
    assertThat(shop().getCollection("a").countDocuments()).as("the older dump is whole").isOne();
  }

  @Test
  void theShellEvaluatesWhatRunbooksAsk() throws Exception {
    shop()
        .getCollection("orders")
        .insertMany(List.of(new Document("_id", 1).append("a", 1), new Document("_id", 2)));
    shop().createCollection("nothing");
    assertThat(shell("db.adminCommand('ping')").get(0)).startsWith("{ ok: 1");
    assertThat(shell("db.adminCommand('ping').ok")).containsExactly("1");
    assertThat(shell("db.orders.countDocuments()")).containsExactly("2");
    assertThat(shell("db.orders.countDocuments({a: 1});")).containsExactly("1");
    assertThat(shell("db.getCollectionNames()")).containsExactly("[ 'nothing', 'orders' ]");
    assertThat(shell("db.runCommand({validate: 'orders'}).valid")).containsExactly("true");
    assertThat(shell("db.orders.validate().valid")).containsExactly("true");
    assertThat(shell("db.stats().db")).containsExactly("shop");
    assertThat(shell("db.dropDatabase()").get(0)).contains("ok: 1");
    assertThat(shop().listCollectionNames()).isEmpty();
    assertThatThrownBy(() -> shell("db.orders.drop()"))
        .hasMessageContaining("exit code 1")
        .hasMessageContaining("is not among the expressions that Drillbook's own mongosh has");
    assertThatThrownBy(() -> shell("db.runCommand({validate: 'nowhere'})"))
        .hasMessageContaining("MongoServerError");
  }

  private List<String> shell(String expression) throws Exception {
    Transcript transcript = new Transcript(site.secrets());
    store.script("shell.sh", expression).perform(transcript, Duration.ofMinutes(2));
    return transcript.lines().stream()
        .filter(line -> line.stream() == Transcript.Stream.OUT)
        .map(Transcript.Line::text)
        .toList();
  }

  private MongoDatabase shop() {
    return client.getDatabase("shop");
  }

  /** All documents and indexes of the database, exactly. */
  private Map<String, List<String>> everything() {
    Map<String, List<String>> found = new TreeMap<>();
    for (String name : shop().listCollectionNames()) {
      var collection = shop().getCollection(name, BsonDocument.class);
      found.put(
          name + " documents",
          collection.find().map(document -> document.toJson(EXACT)).into(new ArrayList<>()));
      found.put(
          name + " indexes",
          collection
              .listIndexes(BsonDocument.class)
              .map(index -> index.toJson(EXACT))
              .into(new ArrayList<>())
              .stream()
              .sorted()
              .toList());
    }
    return found;
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static String[] plus(List<String> some, String last) {
    return Stream.concat(some.stream(), Stream.of(last)).toArray(String[]::new);
  }

  private List<String> run(String tool, String... arguments) throws Exception {
    Transcript transcript = new Transcript(site.secrets());
    perform(transcript, tool, arguments);
    return lines(transcript);
  }

  private List<String> fails(String why, String tool, String... arguments) {
    Transcript transcript = new Transcript(site.secrets());
    assertThatThrownBy(() -> perform(transcript, tool, arguments))
        .isInstanceOf(DrillException.class)
        .hasMessageContaining("failed with exit code 1");
    assertThat(lines(transcript)).anySatisfy(line -> assertThat(line).contains("Failed: ", why));
    return lines(transcript);
  }

  private void perform(Transcript transcript, String tool, String... arguments)
      throws InterruptedException {
    String[] all = Stream.concat(Stream.of(tool), Stream.of(arguments)).toArray(String[]::new);
    store.script("uri.sh", all).perform(transcript, Duration.ofMinutes(2));
  }

  private static List<String> lines(Transcript transcript) {
    return transcript.lines().stream()
        .filter(line -> line.stream() == Transcript.Stream.ERR)
        .map(Transcript.Line::text)
        .toList();
  }
}
