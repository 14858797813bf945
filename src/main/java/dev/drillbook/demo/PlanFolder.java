package dev.drillbook.demo;

import dev.drillbook.plan.DrillPlan;
import dev.drillbook.plan.PlanLoader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The shop's plan with what belongs to it, out of the jar and onto the disk. */
record PlanFolder(Path folder) {
  static final String KEY = "backups.key";
  static final String ROLES = "roles.sql";

  private static final String SCRIPT = "scripts/backup.sh";
  private static final List<String> FILES =
      List.of("plan.yaml", "schema.sql", "seed.sql", ROLES, SCRIPT);

  /** Copies it there, with a plan for each form of backup, and the key that decrypts. */
  void write(String key) throws IOException {
    Files.createDirectories(folder.resolve(SCRIPT).getParent());
    for (String file : FILES) {
      Files.writeString(folder.resolve(file), resource(file));
    }
    Set<PosixFilePermission> executable =
        EnumSet.copyOf(Files.getPosixFilePermissions(folder.resolve(SCRIPT)));
    executable.add(PosixFilePermission.OWNER_EXECUTE);
    Files.setPosixFilePermissions(folder.resolve(SCRIPT), executable);
    for (Form form : Form.values()) {
      Files.writeString(folder.resolve(form.plan()), form.planText(resource(Form.DUMP.plan())));
    }
    Path secret =
        Files.createFile(
            folder.resolve(KEY),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secret, key + "\n");
  }

  DrillPlan load(Form form) {
    return PlanLoader.load(folder.resolve(form.plan()));
  }

  String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  private static String resource(String file) throws IOException {
    try (InputStream in = PlanFolder.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
