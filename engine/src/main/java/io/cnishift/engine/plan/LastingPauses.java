package io.cnishift.engine.plan;

import io.cnishift.api.Finding;
import io.cnishift.api.cluster.Application;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.Part;
import io.cnishift.api.cluster.Unknown;
import io.cnishift.api.cluster.View;
import io.cnishift.api.plan.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Whether pauses of Applications last: their makers may switch sync on again, and Argo CD may be in another cluster. */
final class LastingPauses {

    private final View view;
    private final List<Unknown> unknown;

    LastingPauses(View view, List<Unknown> unknown) {
        this.view = view;
        this.unknown =
                unknown.stream().filter(u -> u.part() == Part.APPLICATIONS).toList();
    }

    /** The Applications that an owner of that name may be. */
    List<Application> named(String name) {
        return view.all(Part.APPLICATIONS, Application.class).stream()
                .filter(a -> a.named(name))
                .toList();
    }

    /** Why a pause cannot be relied on. */
    List<Finding> findings(Collection<String> names) {
        List<Finding> findings = new ArrayList<>();
        for (String name : names) {
            List<Application> found = named(name);
            if (found.size() != 1) {
                findings.add(unfound(name, found.size()));
            }
            found.forEach(application -> returns(application).ifPresent(findings::add));
        }
        return findings;
    }

    private Finding unfound(String name, int found) {
        Optional<Unknown> unread = unknown.stream().findFirst();
        String message = found > 1
                ? "objects that the plan changes are its own, and " + found + " Applications have that name"
                : unread.map(u -> "cannot be read: " + u.reason())
                        .orElse("objects that the plan changes are its own, and it is not in this cluster");
        String remedy = found > 1
                ? "leave those steps to their owners: without argocd=pause"
                : unread.map(Unknown::remedy)
                        .orElse("pause it where Argo CD runs and set executor=cnishift, or leave out argocd=pause");
        return finding("PLAN-ARGOCD-APPLICATION", "Application " + name, message, remedy);
    }

    /** Who would switch its sync on again. */
    private Optional<Finding> returns(Application application) {
        Owner owner = application.owner();
        boolean set = owner.name().startsWith(Application.SET + "/");
        if (!application.syncs() || (!set && owner.kind() != Owner.Kind.ARGO_CD)) {
            return Optional.empty();
        }
        String name = owner.name().substring(owner.name().indexOf('/') + 1);
        List<Application> makers = set
                ? view.all(Part.APPLICATIONS, Application.class).stream()
                        .filter(a -> a.objectKind().equals(Application.SET)
                                && a.namespace().equals(application.namespace())
                                && a.name().equals(name))
                        .toList()
                : named(owner.name());
        boolean lasts = makers.size() == 1 && makers.get(0).leaves(application);
        return lasts
                ? Optional.empty()
                : Optional.of(finding(
                        "PLAN-ARGOCD-RETURNS",
                        "Application " + application.namespace() + "/" + application.name(),
                        (set ? "ApplicationSet " : "Application ") + name
                                + " makes it and would switch its automated sync on again",
                        set
                                ? "let the set ignore it (spec.ignoreApplicationDifferences, jsonPointers: [/spec/syncPolicy]),"
                                        + " or leave out argocd=pause"
                                : "let the parent ignore it (spec.ignoreDifferences of argoproj.io Application, jsonPointers:"
                                        + " [/spec/syncPolicy/automated], with syncOptions RespectIgnoreDifferences=true), or leave"
                                        + " out argocd=pause"));
    }

    private static Finding finding(String code, String subject, String message, String remedy) {
        return Finding.of(code, Severity.BLOCKER, subject, message, remedy, "cnishift explain " + code);
    }
}
