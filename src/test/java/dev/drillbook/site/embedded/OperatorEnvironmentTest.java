package dev.drillbook.site.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorEnvironmentTest {
  @Test
  void nothingThatClientsOfStoresListenToIsInherited() {
    Map<String, String> operator =
        Map.of(
            "PGSERVICE", "production",
            "PGHOSTADDR", "192.0.2.1",
            "PGSERVICEFILE", "/etc/services.conf",
            "MONGODB_URI", "mongodb://production/",
            "AWS_PROFILE", "production",
            "REDISCLI_AUTH", "hunter2",
            "RCLONE_CONFIG", "/etc/rclone.conf",
            "MC_HOST_production", "https://key:secret@production",
            "PATH", "/bin",
            "HOME", "/home/clerk");
    assertThat(new OperatorEnvironment(operator).inherited())
        .isEqualTo(with(Map.of("PATH", "/bin", "HOME", "/home/clerk", "LC_MESSAGES", "C")));
  }

  @Test
  void messagesAreInEnglishAndTheRestOfTheLocaleStays() {
    assertThat(
            new OperatorEnvironment(Map.of("LANG", "bn_BD.UTF-8", "LC_MESSAGES", "de_DE"))
                .inherited())
        .isEqualTo(with(Map.of("LANG", "bn_BD.UTF-8", "LC_MESSAGES", "C")));
    assertThat(
            new OperatorEnvironment(
                    Map.of("LC_ALL", "bn_BD.UTF-8", "LANG", "C", "LC_CTYPE", "POSIX"))
                .inherited())
        .isEqualTo(with(Map.of("LANG", "bn_BD.UTF-8", "LC_MESSAGES", "C")));
  }

  @Test
  void secretsAreKnownByTheirNames() {
    Map<String, String> operator =
        Map.of(
            "db_password", "hunter2-1",
            "MY_PASSWD", "hunter2-2",
            "SECRET_OF", "hunter2-3",
            "GitToken", "hunter2-4",
            "A_CREDENTIAL_B", "hunter2-5",
            "PRIVATE_PART", "hunter2-6",
            "AWS_ACCESS_KEY", "hunter2-7",
            "KEY_COUNT", "no secret",
            "SHORT_TOKEN", "12345",
            "PATH", "/usr/bin");
    assertThat(new OperatorEnvironment(operator).secrets())
        .containsExactlyInAnyOrder(
            "hunter2-1",
            "hunter2-2",
            "hunter2-3",
            "hunter2-4",
            "hunter2-5",
            "hunter2-6",
            "hunter2-7");
  }

  /** The AWS tools would read the operator's files in HOME. */
  private static Map<String, String> with(Map<String, String> inherited) {
    Map<String, String> all = new HashMap<>(inherited);
    all.put("AWS_CONFIG_FILE", "/dev/null");
    all.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    all.put("AWS_EC2_METADATA_DISABLED", "true");
    return all;
  }
}
