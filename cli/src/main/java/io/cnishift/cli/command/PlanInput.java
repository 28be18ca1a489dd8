package io.cnishift.cli.command;

import io.cnishift.api.port.MigrationException;
import io.cnishift.cli.input.Documents;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.PlanFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a plan file as it was approved: by its bytes. */
final class PlanInput {

    private PlanInput() {}

    static StoredPlan read(String name, Path folder, PlanFiles files) {
        Path file = folder.resolve(name);
        try {
            return Documents.whole(StoredPlan.read(name, Files.readAllBytes(file), files));
        } catch (IOException e) {
            throw MigrationException.user(
                    "CLI-NO-SUCH-FILE",
                    "the plan '" + name + "' cannot be read: " + e.getMessage(),
                    "make one with 'cnishift plan --out " + name + "'");
        }
    }
}
