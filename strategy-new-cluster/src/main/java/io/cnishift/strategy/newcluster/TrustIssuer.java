package io.cnishift.strategy.newcluster;

import java.util.List;

/** Lets roles that trust the issuer of the first cluster trust that of the second one too, for the same service accounts. */
record TrustIssuer(List<String> roles) {
    TrustIssuer {
        roles = List.copyOf(roles);
    }
}
