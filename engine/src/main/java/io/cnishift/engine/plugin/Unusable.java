package io.cnishift.engine.plugin;

import io.cnishift.api.Assessment;
import io.cnishift.api.Finding;
import io.cnishift.api.MigrationStrategy;
import io.cnishift.api.PlanResult;
import io.cnishift.api.Request;
import io.cnishift.api.StrategyDescriptor;
import io.cnishift.api.plan.NoOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stands for a plug-in that cannot be used: it has a row like any strategy, and the row says why. */
record Unusable(String id, Finding why) implements MigrationStrategy {

    /** With an id made of the jar's name, other than those that are taken. */
    static Unusable of(String name, Finding why, Set<String> taken) {
        String words =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String id = words.matches("[a-z].*") ? words : "plug-in-" + words;
        int number = 1;
        while (taken.contains(number == 1 ? id : id + "-" + number)) {
            number++;
        }
        return new Unusable(number == 1 ? id : id + "-" + number, why);
    }

    /** Nothing but what is wrong. */
    static Assessment assessment(Finding why) {
        return new Assessment(
                List.of(why),
                new Assessment.Capacity(Map.of(), 0),
                List.of(),
                new Assessment.Disruption(0, 0, 0),
                new Assessment.Cost(0, 0),
                new Assessment.Features(List.of(), List.of()),
                new Assessment.Reversible(Optional.empty(), "-"));
    }

    @Override
    public StrategyDescriptor descriptor() {
        return new StrategyDescriptor(
                id,
                "a plug-in that cannot be used",
                why.message() + "; " + why.remedy() + " (" + why.code() + ")",
                StrategyDescriptor.API_VERSION,
                NoOptions.class,
                Map.of());
    }

    @Override
    public Assessment assess(Request request) {
        return assessment(why);
    }

    @Override
    public PlanResult plan(Request request) {
        return new PlanResult.Refused(List.of(why));
    }
}
