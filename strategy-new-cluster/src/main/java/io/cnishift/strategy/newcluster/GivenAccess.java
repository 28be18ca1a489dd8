package io.cnishift.strategy.newcluster;

import io.cnishift.api.Finding;
import io.cnishift.api.MigrationPlan.Step;
import io.cnishift.api.cluster.AccessEntry;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.OwnerTags;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.cluster.View;
import io.cnishift.api.draft.StepDraft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who may act in the first cluster, and in a second one that the plan makes: whoever has an access entry that somebody gave. */
final class GivenAccess {

    private final View first;
    private final String second;

    /** @param second name of the second cluster */
    GivenAccess(View first, String second) {
        this.first = first;
        this.second = second;
    }

    private List<AccessEntry> given() {
        return first.all(Part.ACCESS_ENTRIES, AccessEntry.class).stream()
                .filter(AccessEntry::given)
                .toList();
    }

    /** What gives the entries; empty when nobody has one. */
    Optional<Step> step() {
        List<AccessEntry> entries = given().stream().map(GivenAccess::copy).toList();
        return entries.isEmpty()
                ? Optional.empty()
                : Optional.of(StepDraft.of(
                        "make-access",
                        new MakeAccess(entries),
                        "who makes a cluster administers it, and nobody else gets in before there is an entry for him",
                        List.of(StepDraft.SECOND),
                        SecondDraft.GOES_WITH_IT));
    }

    private static AccessEntry copy(AccessEntry entry) {
        Map<String, String> tags = entry.tags().entrySet().stream()
                .filter(tag -> !OwnerTags.staysWithOriginal(tag))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new AccessEntry(
                entry.principal(), entry.type(), entry.username(), entry.groups(), entry.policies(), tags);
    }

    /** @param unknown what was not read of the first cluster */
    List<Finding> findings(List<Unknown> unknown) {
        List<Finding> findings = new ArrayList<>();
        List<AwsAuth.Person> people = AwsAuth.people(first);
        if (!people.isEmpty()) {
            findings.add(
                    Code.ACCESS.of(
                            "cluster " + second,
                            "aws-auth of this cluster lets in whom no access entry does, and the plan gives them none: "
                                    + people.stream().map(AwsAuth.Person::entry).collect(Collectors.joining("; ")),
                            "give them these entries there once phase make-second has made it ('aws eks create-access-entry', of a role by its whole"
                                    + " ARN with its path, which aws-auth leaves out; 'aws eks associate-access-policy'); then accept it"));
        }
        List<String> unclear = AwsAuth.unclear(first);
        if (!unclear.isEmpty()) {
            findings.add(Code.ACCESS.of(
                    "cluster " + second,
                    "aws-auth of this cluster has what no access entry says in one line or is not understood, and the plan gives nothing for it: "
                            + String.join("; ", unclear),
                    "give whom it lets in, or those of an account who come in by mapAccounts, an entry there with 'aws eks create-access-entry' once"
                            + " phase make-second has made it; then accept it"));
        }
        unknown.stream()
                .filter(u -> u.part() == Part.ACCESS_ENTRIES || AwsAuth.unread(first, u))
                .map(u -> Code.ACCESS.of(
                        "cluster " + second,
                        u.what() + " " + u.why() + ", and who has access by that has none there",
                        u.remedy() + "; or grant access there by hand and accept it"))
                .forEach(findings::add);
        Map<Owner, List<String>> inCode = given().stream()
                .filter(e -> OwnerTags.owner(e.tags()).inCode())
                .collect(Collectors.groupingBy(
                        e -> OwnerTags.owner(e.tags()),
                        LinkedHashMap::new,
                        Collectors.mapping(AccessEntry::principal, Collectors.toList())));
        inCode.forEach(
                (owner, principals) -> findings.add(
                        Code.ACCESS_IN_CODE.of(
                                "cluster " + second,
                                owner + " has the access entries of " + String.join(", ", principals)
                                        + " in its code, which knows nothing of those that are made there",
                                "take them into that code before this cluster is retired, by import where it makes what it finds missing")));
        return findings;
    }
}
