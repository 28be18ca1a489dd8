package io.cnishift.cli.command;

import io.cnishift.api.port.MigrationException;
import io.cnishift.cli.input.Documents;
import io.cnishift.engine.journal.StoredPlan;
import io.cnishift.engine.plan.PlanFiles;
import io.cnishift.engine.plan.StrategyBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a plan file as it was approved: by its bytes. */
final class PlanInput {

    private PlanInput() {}

    /** The plan of that file, whose strategy is one of the book. */
    static StoredPlan read(String name, Path folder, PlanFiles files, StrategyBook strategies) {
        StoredPlan stored = Documents.whole(StoredPlan.read(name, bytes(name, folder), files));
        strategies.require(stored.plan().strategy());
        return stored;
    }

    private static byte[] bytes(String name, Path folder) {
        try {
            return Files.readAllBytes(folder.resolve(name));
        } catch (NoSuchFileException e) {
            throw MigrationException.user(
                    "CLI-NO-SUCH-FILE",
                    "there is no plan '" + name + "'",
                    "make one with 'cnishift plan --cluster TARGET --strategy ID --out " + name + "'");
        } catch (IOException e) {
            throw MigrationException.user(
                    "CLI-NO-SUCH-FILE",
                    "the plan '" + name + "' cannot be read: " + OutFile.reason(e),
                    "name a plan file");
        }
    }
}
