package io.cnishift.engine.journal;

/** Who reads a journal; a method per kind of record, each of which does nothing unless it is overridden. */
public interface JournalReader {

    /** See {@link JournalRecord.Begun}. */
    default void read(JournalRecord.Begun record, JournalLine line) {}

    /** See {@link JournalRecord.Resumed}. */
    default void read(JournalRecord.Resumed record, JournalLine line) {}

    /** See {@link JournalRecord.Baseline}. */
    default void read(JournalRecord.Baseline record, JournalLine line) {}

    /** See {@link JournalRecord.StepBegun}. */
    default void read(JournalRecord.StepBegun record, JournalLine line) {}

    /** See {@link JournalRecord.ActIntended}. */
    default void read(JournalRecord.ActIntended record, JournalLine line) {}

    /** See {@link JournalRecord.ActEnded}. */
    default void read(JournalRecord.ActEnded record, JournalLine line) {}

    /** See {@link JournalRecord.ActLost}. */
    default void read(JournalRecord.ActLost record, JournalLine line) {}

    /** See {@link JournalRecord.Answered}. */
    default void read(JournalRecord.Answered record, JournalLine line) {}

    /** See {@link JournalRecord.GateJudged}. */
    default void read(JournalRecord.GateJudged record, JournalLine line) {}

    /** See {@link JournalRecord.StepDone}. */
    default void read(JournalRecord.StepDone record, JournalLine line) {}

    /** See {@link JournalRecord.StepSkipped}. */
    default void read(JournalRecord.StepSkipped record, JournalLine line) {}

    /** See {@link JournalRecord.StepLapsed}. */
    default void read(JournalRecord.StepLapsed record, JournalLine line) {}

    /** See {@link JournalRecord.StepBack}. */
    default void read(JournalRecord.StepBack record, JournalLine line) {}

    /** See {@link JournalRecord.OwnerActed}. */
    default void read(JournalRecord.OwnerActed record, JournalLine line) {}

    /** See {@link JournalRecord.Waiting}. */
    default void read(JournalRecord.Waiting record, JournalLine line) {}

    /** See {@link JournalRecord.Held}. */
    default void read(JournalRecord.Held record, JournalLine line) {}

    /** See {@link JournalRecord.Parked}. */
    default void read(JournalRecord.Parked record, JournalLine line) {}

    /** See {@link JournalRecord.Measured}. */
    default void read(JournalRecord.Measured record, JournalLine line) {}

    /** See {@link JournalRecord.RollbackBegun}. */
    default void read(JournalRecord.RollbackBegun record, JournalLine line) {}

    /** See {@link JournalRecord.Copied}. */
    default void read(JournalRecord.Copied record, JournalLine line) {}

    /** See {@link JournalRecord.Ended}. */
    default void read(JournalRecord.Ended record, JournalLine line) {}
}
