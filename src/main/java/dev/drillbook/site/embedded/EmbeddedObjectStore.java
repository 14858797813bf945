package dev.drillbook.site.embedded;

import dev.drillbook.plan.ComponentSpec;
import dev.drillbook.site.Disturbance;
import dev.drillbook.site.ObjectStore;
import dev.drillbook.site.embedded.standin.S3Accounts;
import dev.drillbook.site.embedded.standin.S3Accounts.Account;
import dev.drillbook.timeline.DrillException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/**
 * A process that plays an S3 object store, with a folder and a port of its own. Its users, their
 * keys and what they are denied are in a file that only we can read.
 */
final class EmbeddedObjectStore extends EmbeddedStore implements ObjectStore {
  private static final Duration READY_WITHIN = Duration.ofSeconds(30);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(2);
  private static final Duration REQUEST_WITHIN = Duration.ofSeconds(60);

  /** Not a name that a plan can give to a user. */
  private static final String OWNER = "(owner)";

  private static final Region REGION = Region.US_EAST_1;

  private final ComponentSpec.ObjectStore spec;
  private final StorePrograms.OfObjectStore programs;
  private final Set<String> everySecret = new TreeSet<>();
  private List<Denial> denials = List.of();
  private S3Accounts accounts;

  /** One of its own, though another one denies the same: no record. */
  private static final class Denial {
    private final String user;
    private final String buckets;

    Denial(String user, String buckets) {
      this.user = user;
      this.buckets = buckets;
    }
  }

  EmbeddedObjectStore(
      ComponentSpec.ObjectStore spec,
      EmbeddedSite site,
      Ports ports,
      StorePrograms.OfObjectStore programs) {
    super(site, ports);
    this.spec = spec;
    this.programs = programs;
    Map<String, Account> initial = new LinkedHashMap<>();
    initial.put(OWNER, newAccount(OWNER, Set.of()));
    spec.users().forEach(user -> initial.put(user, newAccount(user, Set.of())));
    this.accounts = new S3Accounts(initial, 0);
  }

  private Account newAccount(String user, Set<String> denied) {
    // As long as AWS's own, which some clients expect.
    String readable = user.replaceAll("[^a-z0-9]", "").toUpperCase(Locale.ROOT);
    String accessKey =
        ("DRILL" + readable + Passwords.next().toUpperCase(Locale.ROOT)).substring(0, 20);
    String secretKey = (Passwords.next() + Passwords.next()).substring(0, 40);
    everySecret.add(secretKey);
    return new Account(accessKey, secretKey, denied);
  }

  @Override
  public String describe() {
    return name() + ": " + programs.describe();
  }

  @Override
  ComponentSpec.ObjectStore spec() {
    return spec;
  }

  @Override
  void bringUp(double scale) {
    provision();
    fill(spec.seed(), scale);
  }

  @Override
  synchronized List<String> secrets() {
    return List.copyOf(everySecret);
  }

  @Override
  public List<String> buckets() {
    return List.copyOf(spec.buckets().keySet());
  }

  @Override
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Denials and failures end with the store that they were asked of; keys stay. */
  @Override
  void begin() {
    requireAttributes();
    S3Accounts fresh = new S3Accounts(accounts.accounts(), 0);
    for (Map.Entry<String, Account> user : accounts.accounts().entrySet()) {
      Account account = user.getValue();
      fresh =
          fresh.with(
              user.getKey(), new Account(account.accessKey(), account.secretKey(), Set.of()));
    }
    change(fresh);
    denials = List.of();
    launch();
    makeBuckets();
  }

  /** What an object is, besides its bytes, is in attributes of its file. */
  private void requireAttributes() {
    try {
      UserDefinedFileAttributeView attributes =
          Files.getFileAttributeView(dataFolder(), UserDefinedFileAttributeView.class);
      attributes.write("user.drillbook", java.nio.ByteBuffer.wrap(new byte[] {1}));
      attributes.delete("user.drillbook");
    } catch (IOException | UnsupportedOperationException | NullPointerException e) {
      throw new DrillException(
          name()
              + " cannot keep objects in "
              + dataFolder()
              + ": its file system has no user attributes ("
              + e.getMessage()
              + ")",
          "set -Djava.io.tmpdir to a folder on ext4, XFS or Btrfs",
          e);
    }
  }

  private void makeBuckets() {
    try (S3Client owner = connect()) {
      spec.buckets()
          .forEach(
              (bucket, versioning) -> {
                owner.createBucket(request -> request.bucket(bucket));
                if (versioning) {
                  owner.putBucketVersioning(
                      request ->
                          request
                              .bucket(bucket)
                              .versioningConfiguration(
                                  change -> change.status(BucketVersioningStatus.ENABLED)));
                }
              });
    } catch (SdkException e) {
      throw new DrillException(
          name() + " is up, but its buckets could not be made: " + e.getMessage(),
          "see its log " + log(),
          e);
    }
  }

  @Override
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    if (!Files.isDirectory(dataFolder())) {
      throw new DrillException(
          name() + " has no data: " + dataFolder() + " is missing",
          "provision a new store first, then restore into it");
    }
    launch();
  }

  private void launch() {
    launch(
        programs.serverCommand(dataFolder(), port, accountsFile(), site.host().listenAddress()),
        dataFolder(),
        site.host().environment(),
        READY_WITHIN,
        new HttpAnswer(endpoint(), ANSWERS_WITHIN)::await);
  }

  @Override
  String stopSignal() {
    return "TERM";
  }

  @Override
  public S3Client connect() {
    return client(keysOf(OWNER));
  }

  @Override
  public S3Client connect(String user) {
    return client(keys(user));
  }

  private S3Client client(Keys keys) {
    return S3Client.builder()
        .endpointOverride(endpoint())
        .region(REGION)
        .forcePathStyle(true)
        // S3Proxy answers before it has read the checksum that ends an upload in chunks, and
        // closes the connection at times: without chunks there is nothing left to read.
        .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(keys.accessKey(), keys.secretKey())))
        .httpClientBuilder(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(ANSWERS_WITHIN)
                .socketTimeout(REQUEST_WITHIN))
        .overrideConfiguration(
            settings ->
                settings
                    // Neither the operator's profile nor a retry may change what is seen.
                    .defaultProfileFile(ProfileFile.aggregator().build())
                    .retryStrategy(retries -> retries.maxAttempts(1)))
        .build();
  }

  @Override
  public Keys keys(String user) {
    requireUser(user);
    return keysOf(user);
  }

  private synchronized Keys keysOf(String user) {
    Account account = accounts.accounts().get(user);
    return new Keys(account.accessKey(), account.secretKey());
  }

  private void requireUser(String user) {
    if (!spec.users().contains(user)) {
      throw new DrillException(
          name() + " has no user '" + user + "'",
          spec.users().isEmpty()
              ? "declare it under users of " + name()
              : "it has " + String.join(", ", spec.users()));
    }
  }

  @Override
  public synchronized Disturbance deny(String user, Optional<String> bucket) {
    requireUser(user);
    bucket.ifPresent(this::requireBucket);
    Denial denial = new Denial(user, bucket.orElse(S3Accounts.ALL_BUCKETS));
    List<Denial> more = new ArrayList<>(denials);
    more.add(denial);
    put(user, more);
    return () -> lift(denial);
  }

  private synchronized void lift(Denial denial) {
    List<Denial> fewer = new ArrayList<>(denials);
    if (fewer.remove(denial)) {
      put(denial.user, fewer);
    }
  }

  /** What cannot be written does not hold, and is not noted either. */
  private void put(String user, List<Denial> changed) {
    Set<String> denied =
        changed.stream()
            .filter(denial -> denial.user.equals(user))
            .map(denial -> denial.buckets)
            .collect(Collectors.toSet());
    Account account = account(user);
    change(accounts.with(user, new Account(account.accessKey(), account.secretKey(), denied)));
    denials = List.copyOf(changed);
  }

  private void requireBucket(String bucket) {
    if (!spec.buckets().containsKey(bucket)) {
      throw new DrillException(
          name() + " has no bucket '" + bucket + "'", "it has " + String.join(", ", buckets()));
    }
  }

  private Account account(String user) {
    return accounts.accounts().get(user);
  }

  @Override
  public synchronized Keys rotateKeys(String user) {
    requireUser(user);
    change(accounts.with(user, newAccount(user, account(user).denied())));
    return keysOf(user);
  }

  @Override
  public synchronized void failPercent(int percent) {
    if (percent < 0 || percent > 100) {
      throw new DrillException(
          percent + " % of requests cannot fail", "name a share from 0 to 100");
    }
    change(accounts.failing(percent));
  }

  private void change(S3Accounts changed) {
    try {
      changed.write(accountsFile(), site.host()::own);
      accounts = changed;
    } catch (IOException e) {
      throw new DrillException(
          accountsFile() + " could not be written: " + e.getMessage(), "is the disk full?", e);
    }
  }

  private Path accountsFile() {
    return site.folder().resolve(name() + ".accounts");
  }

  @Override
  synchronized Map<String, String> addressVariables(String host, int atPort) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("HOST", host);
    variables.put("PORT", String.valueOf(atPort));
    variables.put("URL", "http://" + host + ":" + atPort);
    Account owner = account(OWNER);
    variables.put("ACCESS_KEY", owner.accessKey());
    variables.put("SECRET_KEY", owner.secretKey());
    for (String user : spec.users()) {
      String prefix = user.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
      variables.put(prefix + "ACCESS_KEY", account(user).accessKey());
      variables.put(prefix + "SECRET_KEY", account(user).secretKey());
    }
    return variables;
  }

  @Override
  Map<String, String> scriptEnvironment() {
    Keys owner = keysOf(OWNER);
    Map<String, String> environment = site.host().environment();
    String host = site.host().addressOf(name());
    environment.put("AWS_ENDPOINT_URL", "http://" + host + ":" + port);
    environment.put("AWS_ENDPOINT_URL_S3", "http://" + host + ":" + port);
    environment.put("AWS_ACCESS_KEY_ID", owner.accessKey());
    environment.put("AWS_SECRET_ACCESS_KEY", owner.secretKey());
    environment.put("AWS_REGION", REGION.id());
    environment.put("AWS_DEFAULT_REGION", REGION.id());
    // Nothing of the operator's: a profile of theirs could name another endpoint.
    environment.put("AWS_CONFIG_FILE", "/dev/null");
    environment.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_REQUEST_CHECKSUM_CALCULATION", "when_required");
    for (String variable : List.of("NO_PROXY", "no_proxy")) {
      environment.merge(variable, host, (theirs, ours) -> theirs + "," + ours);
    }
    return environment;
  }

  /** A file of settings that lets the AWS tools in without anybody typing or showing the keys. */
  @Override
  String connection() {
    Path file = site.folder().resolve(name() + ".credentials");
    Keys owner = keysOf(OWNER);
    try {
      SiteFolder.writeSecret(
          file,
          "[default]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
              .formatted(owner.accessKey(), owner.secretKey()));
    } catch (IOException e) {
      return endpoint() + " (no credentials file could be written: " + e.getMessage() + ")";
    }
    return "AWS_SHARED_CREDENTIALS_FILE=%s aws --endpoint-url %s --region %s s3 ls"
        .formatted(file, endpoint(), REGION.id());
  }
}
