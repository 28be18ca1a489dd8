package io.cnishift.engine.owner;

import io.cnishift.api.act.Act;
import io.cnishift.api.act.Surroundings;
import io.cnishift.api.cluster.Owner;
import io.cnishift.api.cluster.View;
import java.util.List;
import java.util.Optional;

/** Says acts in the language of those who own what they change. Pure. */
public final class Asks {

    private Asks() {}

    /** The change that an act makes, for its owner. What no language of that owner has a word for is a command. */
    public static Ask of(View view, Act act) {
        Owner owner = Owners.of(view, act);
        Optional<Ask> ask = act.api() == Act.Api.AWS ? inCode(view, act, owner) : ManifestAsk.of(view, act, owner);
        return ask.orElseGet(() -> command(view, act, owner));
    }

    /** The same on one line. */
    public static String sentence(View view, Act act) {
        return of(view, act).sentence();
    }

    private static Optional<Ask> inCode(View view, Act act, Owner owner) {
        Optional<Language> language = switch (owner.kind()) {
            case TERRAFORM -> Optional.of(Language.TERRAFORM);
            case CLOUDFORMATION -> Optional.of(Language.CLOUDFORMATION);
            case EKSCTL -> Optional.of(Language.EKSCTL);
            case ARGO_CD, FLUX, HELM, EKS_ADDON, OPERATOR, NONE -> Optional.empty();
        };
        List<CodeField> fields = language.isPresent() ? CodeFields.of(view, act) : List.of();
        return fields.isEmpty() ? Optional.empty() : language.map(l -> CodeField.ask(owner, act.target(), l, fields));
    }

    private static Ask command(View view, Act act, Owner owner) {
        String command = act.command(Surroundings.of(view));
        return new Ask(owner, act.target(), Language.COMMAND, command, "the same by hand", command);
    }
}
