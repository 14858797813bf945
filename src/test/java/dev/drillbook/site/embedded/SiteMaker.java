package dev.drillbook.site.embedded;

import java.nio.file.Path;

/** A JVM that makes the folder of a site, prints it, and lives until it is killed. */
final class SiteMaker {
  private SiteMaker() {}

  public static void main(String[] parent) throws InterruptedException {
    SiteFolder folder = SiteFolder.create(Path.of(parent[0]));
    System.out.println(folder.path());
    while (folder.path().isAbsolute()) {
      Thread.sleep(60_000);
    }
  }
}
