package dev.drillbook.site.embedded.standin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drillbook.site.embedded.standin.S3Accounts.Account;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3AccountsTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() throws Exception {
    S3Accounts accounts =
        new S3Accounts(
            Map.of(
                "(owner)", new Account("A", "a/b+c=", Set.of()),
                "shop", new Account("B", "b", Set.of("media", "my.bucket")),
                "failPercent", new Account("C", "c", Set.of(S3Accounts.ALL_BUCKETS))),
            17);
    Path file = folder.resolve("accounts");
    new S3Accounts(Map.of(), 0).write(file);
    accounts.write(file);
    assertThat(S3Accounts.read(file)).isEqualTo(accounts);
  }

  @Test
  void aDenialIsOfOneBucketOrOfAllAndOfWhatIsAboutAll() {
    Account some = new Account("A", "a", Set.of("media"));
    assertThat(some.isDenied(Optional.of("media"))).isTrue();
    assertThat(some.isDenied(Optional.of("other"))).isFalse();
    assertThat(some.isDenied(Optional.empty())).isFalse();
    Account all = new Account("A", "a", Set.of(S3Accounts.ALL_BUCKETS));
    assertThat(all.isDenied(Optional.of("media"))).isTrue();
    assertThat(all.isDenied(Optional.empty())).isTrue();
  }
}
