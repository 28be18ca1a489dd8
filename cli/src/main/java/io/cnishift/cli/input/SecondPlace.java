package io.cnishift.cli.input;

import io.cnishift.api.port.MigrationException;
import java.nio.file.Path;

/** Where the second cluster of a migration is: of the same sort as the first, or one of them would be changed and the other not. */
public final class SecondPlace {

    private SecondPlace() {}

    /** Reads the place of the second cluster. */
    public static Place parse(String text, Place first, Path folder) {
        if (text.isEmpty()) {
            throw MigrationException.user(
                    "CLI-USAGE",
                    "the second cluster has an empty name",
                    "write to=" + (first.kind() == Place.Kind.SIMULATED ? "sim" : "eks")
                            + ":NAME, or leave it out to have one made");
        }
        Place second = Place.parse(text, folder);
        boolean fits =
                second.kind() == first.kind() || first.kind() == Place.Kind.FILE || second.kind() == Place.Kind.FILE;
        if (!fits || second.migration().isPresent()) {
            throw MigrationException.user(
                    "CLI-WRONG-TARGET",
                    "the second cluster " + second + " cannot stand beside " + first,
                    first.kind() == Place.Kind.SIMULATED
                            ? "name a simulated one that there is, such as sim:clean-cluster-green, or leave it out to have one made"
                            : "name one as eks:NAME, or leave it out to have one made");
        }
        return second;
    }
}
