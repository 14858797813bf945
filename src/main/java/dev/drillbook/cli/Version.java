package dev.drillbook.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest names. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Drillbook.class.getPackage().getImplementationVersion();
    return new String[] {
      "drillbook " + (version == null ? "(not from its jar)" : version),
      "Java " + Runtime.version() + " on " + System.getProperty("os.name")
    };
  }
}
