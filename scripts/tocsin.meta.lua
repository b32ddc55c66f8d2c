---@meta
-- The scenario language for editors with LuaLS: they complete its words, show what they
-- mean, and mark what is wrong. Made from Tocsin's own tables; changes are lost.

---@alias Moment string
---| '"T+1:30"' # Play time since STARTEX: hours and minutes.
---| '"T+1:30:15"' # The same, and seconds.
---| '"T+45m"' # The same, as a duration.
---| '"story 08:00"' # The first 08:00 of the story at or after startex, in its zone.
---| '"story 2022-02-25 08:00"' # That day.
---| '"INJ-01 +15m"' # 15 minutes of play after INJ-01 was sent.
---| '"INJ-01 +6h story"' # Six hours of the story after it was sent.

---@alias Deadline string
---| '"T+1:30"' # Play time since STARTEX: hours and minutes.
---| '"T+1:30:15"' # The same, and seconds.
---| '"T+45m"' # The same, as a duration.
---| '"story 08:00"' # The first 08:00 of the story at or after startex, in its zone.
---| '"story 2022-02-25 08:00"' # That day.
---| '"INJ-01 +15m"' # 15 minutes of play after INJ-01 was sent.
---| '"INJ-01 +6h story"' # Six hours of the story after it was sent.
---| '"aware INJ-01 +24h story"' # From when the team knew of INJ-01: it read it, or a controller marked that it knows. Only for the `by` of `expect`; so is the next.
---| '"met EXP-01 +1 month story"' # From when EXP-01 was met; if it was not, from its deadline. An expectation that stands before.

---@alias Span string
---| '"15m"' # A duration of play time; also `"250ms"`, `"90s"`, `"1h30m"`, `"2d"`.
---| '"24h story"' # A duration of story time.
---| '"1 month story"' # A month of the story; it ends on the same day of the month, or its last.

---@alias Minutes string
---| '"4h"' # A duration of the world: story time in whole minutes, at most a year.

---@alias Channel string
---| '"phone"'
---| '"email"'
---| '"radio"'
---| '"press"'
---| '"alert"'
---| '"sitrep"'

---@alias EventKind
---| '"inject"' # An inject is sent.
---| '"held"' # An inject that is due waits for its release.
---| '"ask"' # A decision is asked.
---| '"deadline"' # A decision's deadline moved.
---| '"decided"' # A decision has its answer.
---| '"overdue"' # Nobody answered in time; the default counts.
---| '"proposed"' # A team gave an answer of its own, which EXCON rules on.
---| '"rejected"' # EXCON rejected an answer of a team's own.
---| '"refused-late"' # An answer came too late.
---| '"crossed"' # A deadline of the players that a jump passed over.
---| '"message"' # A message arrives.
---| '"handed-in"' # A product arrives.
---| '"level"' # A service's level changes.
---| '"measure"' # Something is done to the world.
---| '"repair"' # A repair begins, stands still, goes on or is done.
---| '"deadlock"' # Services wait for each other in a circle.
---| '"phase-entered"' # A phase begins.
---| '"expectation"' # An expected action opens, is met, or is overdue.
---| '"armed"' # A contingency inject waits for EXCON.
---| '"join"' # Somebody sits down at a seat.
---| '"leave"' # Somebody leaves a seat.
---| '"read"' # A seat opens an inject or message.
---| '"ack"' # A seat acknowledges an inject.
---| '"decide"' # A seat answers a decision.
---| '"say"' # A seat writes a message.
---| '"forward"' # A seat forwards what it received.
---| '"submit"' # A seat hands in a product.
---| '"observe"' # An evaluator notes an observation.
---| '"mark-action"' # An evaluator marks an expected action.
---| '"rate"' # An evaluator rates an objective.
---| '"emergency"' # Somebody calls a real emergency: play stops.
---| '"start"' # STARTEX.
---| '"pause"' # EXCON pauses.
---| '"resume"' # EXCON goes on.
---| '"speed"' # EXCON changes how fast play runs.
---| '"pace"' # EXCON changes story time per play time.
---| '"jump"' # EXCON jumps forward.
---| '"phase"' # EXCON begins a phase.
---| '"fire"' # EXCON sends an inject by hand.
---| '"hold"' # EXCON holds an inject back.
---| '"release"' # EXCON releases an inject.
---| '"skip"' # EXCON skips an inject.
---| '"rule"' # EXCON rules on an answer of a team's own.
---| '"aware"' # EXCON marks that a team knows of an inject.
---| '"open-seat"' # A seat is opened.
---| '"revoke"' # A seat's ticket is taken back.

--- The exercise as a whole. One in each scenario.
---@class (exact) ExerciseSpec
---@field title string # What the exercise is called. Example: `"Silent Beams"`
---@field startex string # The story's date and time when play begins, with its zone: `"2022-02-24 03:00Z"`, `"2022-02-24 03:00+01:00"`. Example: `"2022-02-24 03:00Z"`
---@field length string # Play time until ENDEX. Nothing may be planned after it. Example: `"3h"`
---@field marking? string # Shown on every line of every terminal and on everything that is printed. Example: `"TLP:CLEAR"`
---@field pace? number # Story time per play time; 1 unless you say otherwise. EXCON can change it in play. Example: `4`
---@field brief? string # What everybody reads first. Example: `"You are on night shift."`

--- Those who are exercised. A person alone is a team of one seat. Seats are called `operator-1`,
--- `operator-2` …, so a team's id cannot end with a dash and a number.
---@class (exact) TeamSpec
---@field name string # What people call it. Example: `"Satellite operator NOC"`
---@field seats? integer # Terminals of this team; 1 unless you say otherwise. Example: `2`
---@field brief? string # What this team reads first. Example: `"You keep the beams lit."`
---@field contacts? string|string[] # Whom it can write to. Left out: everybody. `{}`: only EXCON, who can always be reached. Example: `{ "wind", "press" }`

--- An organisation that is not at the table. SIMCELL or EXCON speaks for it.
---@class (exact) PartySpec
---@field name string # What people call it. Example: `"Radio Nord newsroom"`
---@field notes? string # For those who speak for it: what it knows, what it wants. Example: `"Fair, and in a hurry."`

--- What the exercise tests. Observations and ratings hang on it.
---@class (exact) ObjectiveSpec
---@field text string # What shall be shown, in one sentence. Example: `"Warn those who depend on you."`
---@field team? string|string[] # Whose objective it is. Left out: all teams. Example: `"operator"`
---@field capability? string # The capability it stands for, as your framework calls it. Example: `"Situation awareness"`

--- What happens to players: a call, a message, a news item. Each is sent once.
---@class (exact) InjectSpec
---@field at? Moment # When it is sent. Left out: only when a storyline or EXCON sends it. Example: `"T+0:30"`
---@field from? string # Who speaks: a party's id is shown by its name, anything else as it is. Example: `"press"`
---@field to string|string[] # The teams that receive it. Example: `{ "operator", "wind" }`
---@field channel? Channel # How it comes: phone, email, radio … Any word will do. Example: `"phone"`
---@field urgent? boolean # Marked as urgent on the screen. Example: `true`
---@field title string # What stands in the list. Example: `"Modems dropping"`
---@field text string|(fun(): string) # What players read. `{{…}}` in it is filled in when it is sent; a function gives the text at that moment. Example: `"It is {{clock}}."`
---@field attach? string|string[] # Files of the scenario's folder to hand out, up to 4 MiB each. Example: `"files/map.png"`
---@field objective? string # What it serves. Example: `"OBJ-1"`
---@field notes? string # For controllers only: what is true, what to answer, what is expected. Example: `"If asked: nobody is hurt."`
---@field release? "manual" # When its time has come it waits until EXCON releases it. Example: `"manual"`
---@field voice? string # Who tells it by telephone or face to face instead of its being sent: this controller gets the text as a cue, and says when it was delivered. Example: `"simcell"`
---@field ack? boolean # Each team is asked to acknowledge it. Example: `true`

--- A question to one team. Each is asked once. To one with options a team may also answer in its
--- own words (`other: …`); EXCON accepts that, rejects it, or counts it as one of the options.
--- The words other, accept and reject are therefore no options.
---@class (exact) DecisionSpec
---@field to string # Who decides; `"excon"` lets a controller adjudicate. Example: `"operator"`
---@field at? Moment # When it is asked. Left out: when a storyline asks it. Example: `"T+0:40"`
---@field within Span # How long they have: `"15m"`, `"24h story"`. Example: `"15m"`
---@field title string # The question. Example: `"Cut the segment off?"`
---@field text? string # What they must know to answer it. Example: `"Both ways have a price."`
---@field options? string[][] # A word to type, and what it means, for each. Left out: they answer in their own words. Example: `{ { "cut", "Cut it off" }, { "wait", "Keep watching" } }`
---@field default? string # What the exercise goes on with when nobody answers in time. Example: `"wait"`
---@field objective? string # What it serves. Example: `"OBJ-1"`
---@field notes? string # For controllers only. Example: `"There is no right answer."`

--- What a service needs of another.
---@class (exact) ServiceNeed
---@field [1] string # The service it needs. It stands first, without a key. Example: `"grid.north"`
---@field strength? number # How much is lost when the other is gone; 100 unless you say otherwise. Example: `60`
---@field autonomy? Minutes # How long a reserve lasts when the other is gone: batteries, fuel, stocks. Example: `"4h"`
---@field recharge? Minutes # How long an empty reserve takes to be full again; only with autonomy. Left out: at once. Example: `"8h"`
---@field group? string # Needs of the same word are alternatives: one of them is enough. Its strength is no capacity: a limited alternative is a service with a level below 100. Example: `"way"`
---@field closed? boolean # An alternative that counts only after `open_alternative`. One that is closed and alone in its group counts as lost until then, so its service falls at STARTEX. Example: `true`
---@field switch? Minutes # How long opening it takes. Example: `"45m"`
---@field kind? "physical"|"cyber"|"geographic"|"logical" # A label. Example: `"physical"`
---@field source? string # Where these numbers are from. Example: `"assumption"`

--- Something that people or other services live on: a grid, a mobile network, a road, a satellite
--- beam.
---@class (exact) ServiceSpec
---@field domain string # energy, cyber, transport, space, or any other word. Example: `"energy"`
---@field name string # As people will read it. Example: `"Northern grid"`
---@field users? integer # How many depend on it: lost user-hours are counted from it. Example: `240000`
---@field level? number # What it can do by itself at STARTEX; 100 unless you say otherwise. Example: `80`
---@field needs? ServiceNeed[] # What it needs of other services: the keys are below. Example: `{ { "grid.north", autonomy = "4h" } }`
---@field restart? Minutes # Story time that a rise waits: starting up, checking, clearing. Example: `"30m"`
---@field rule? "min"|"sum" # `"min"` unless you say otherwise: the worst need counts. `"sum"`: all losses add up. Example: `"min"`
---@field seen_by? string|string[] # The teams that see it; `"none"` unless you say otherwise. Control always does. Example: `{ "operator", "wind" }`
---@field public? boolean # The board shows it, to everybody. Example: `true`
---@field source? string # Where its numbers are from; `"assumption"` is a source, too. Example: `"assumption"`
---@field notes? string # For controllers only. Example: `"Two lines feed it."`

--- What the work of a repair needs.
---@class (exact) RepairNeed
---@field [1] string # The service that work needs. It stands first, without a key. Example: `"grid.north"`
---@field level? number # The least that will do; 100 unless you say otherwise. Example: `50`

--- What brings a service back. It does nothing until a storyline says `start_repair`.
---@class (exact) RepairSpec
---@field service string # What it repairs. Example: `"mobile.north"`
---@field name string # As people will read it. Example: `"Splice the cable"`
---@field work Minutes # How long one crew takes. Example: `"72h"`
---@field crews? integer # Two crews take half as long; 1 unless you say otherwise. Example: `2`
---@field to? number # What the service can do by itself then; 100 unless you say otherwise. It never lowers: if it can do more already, that stays. Example: `100`
---@field needs? RepairNeed[] # Work stands still while one of these is lower: the keys are below. Example: `{ { "grid.north", level = 50 } }`
---@field source? string # Where these numbers are from. Example: `"assumption"`

--- A part of the exercise, such as its second day.
---@class (exact) PhaseSpec
---@field title string # What it is called. Example: `"The morning after"`
---@field text? string # What everybody reads when it begins. Example: `"You have slept."`
---@field at? Moment # When it begins by itself, in play time. Left out: a storyline or EXCON enters it. Example: `"T+1:50"`
---@field story? string # The story time it begins with, without a zone. Time between is jumped over. Left out: no jump. Example: `"2022-02-25 07:00"`
---@field pace? number # Story time per play time from then on. Left out: it stays. Example: `4`

--- What a team should do by a time. Players are not told, except the words of the products they can
--- hand in.
---@class (exact) ExpectSpec
---@field team string # Who should do it. Example: `"operator"`
---@field text string # What evaluators look for. Example: `"Warns the CSIRT."`
---@field by Deadline # The deadline: a time, also `"aware INJ-04 +24h story"` and `"met EXP-01 +1 month story"`. Example: `"INJ-01 +35m"`
---@field met? fun(): any # A condition: it is met when this gives something true. One without any `return` gives nothing, which is a mistake. Example: `function () return said("operator", "wind") end`
---@field product? string # It is met when the team hands this in: `submit early-warning We see …`. Example: `"early-warning"`
---@field objective? string # What it gives evidence for. Example: `"OBJ-1"`
---@field contingency? string # An inject without a time of its own, for the case that it did not happen. Example: `"INJ-09"`
---@field release? "manual" # EXCON decides whether the contingency inject goes; else it goes by itself. Example: `"manual"`
---@field notes? string # For controllers and evaluators only. Example: `"A call counts as well."`

---@class (exact) Answer
---@field option string? # The option's id; `"other"` for an answer of their own that EXCON accepted; the default if they were late; nil if there is none.
---@field text string? # The answer in their own words, or nil.
---@field by string? # The seat that answered: `"operator-2"`; `"excon"` for a team; or nil.
---@field reason string? # Why, in their words, or nil.
---@field overdue boolean # True when nobody answered in time.

---@class (exact) Message
---@field text string # What was written.
---@field by string # The seat that wrote it.
---@field t number # When, in seconds of play.

---@class (exact) Outlook
---@field trend "stable"|"improving"|"worsening" # Where it goes.
---@field level number? # Its next level, in percent; nil where no change is ahead. So are the rest.
---@field at string? # When, by the story's clock: `"08:00"`.
---@field minutes integer? # How many story minutes from now.
---@field because string? # The id of the service that it follows from, or nil.

---@class Event
---@field kind EventKind
---@field t number # When, in seconds of play.

--- An inject is sent.
---@class InjectEvent: Event
---@field inject string
---@field from? string
---@field to string[] # a list
---@field channel? string
---@field urgent? boolean
---@field ack? boolean
---@field title string
---@field text string
---@field attach? string[][] # a list of pairs
---@field voice? boolean
---@field objective? string
---@field notes? string

--- An inject that is due waits for its release.
---@class HeldEvent: Event
---@field inject string
---@field reason string

--- A decision is asked.
---@class AskEvent: Event
---@field decision string
---@field team string
---@field title string
---@field text? string
---@field options? string[][] # a list of pairs
---@field default? string
---@field deadline number # seconds of play
---@field objective? string
---@field notes? string

--- A decision's deadline moved.
---@class DeadlineEvent: Event
---@field decision string
---@field team string
---@field deadline number # seconds of play

--- A decision has its answer.
---@class DecidedEvent: Event
---@field decision string
---@field option? string
---@field text? string
---@field team string
---@field by string # the seat that acted
---@field reason? string
---@field ruling? string
---@field ruling_reason? string

--- Nobody answered in time; the default counts.
---@class OverdueEvent: Event
---@field decision string
---@field option? string
---@field team string

--- A team gave an answer of its own, which EXCON rules on.
---@class ProposedEvent: Event
---@field decision string
---@field team string
---@field by string # the seat that acted
---@field text string
---@field reason? string

--- EXCON rejected an answer of a team's own.
---@class RejectedEvent: Event
---@field decision string
---@field team string
---@field reason? string

--- An answer came too late.
---@class RefusedLateEvent: Event
---@field decision string
---@field team string
---@field by string # the seat that acted
---@field reason string

--- A deadline of the players that a jump passed over.
---@class CrossedEvent: Event
---@field decision string
---@field team string

--- A message arrives.
---@class MessageEvent: Event
---@field by? string # the seat that acted
---@field from string
---@field to string[] # a list
---@field rfi? boolean
---@field text? string
---@field quote_from? string
---@field quote_title? string
---@field quote? string
---@field attach? string[][] # a list of pairs

--- A product arrives.
---@class HandedInEvent: Event
---@field product string
---@field team string
---@field by string # the seat that acted
---@field text string

--- A service's level changes.
---@class LevelEvent: Event
---@field service string
---@field level number # percent
---@field because? string # a service's id, or nil
---@field why string # `"own"`, `"repaired"`, `"provider"`, `"autonomy"`, `"restarted"`, `"forced"` or `"unforced"`
---@field story string # the story's time
---@field to? string[] # a list

--- Something is done to the world.
---@class MeasureEvent: Event
---@field measure string # `"set"`, `"refuel"`, `"open"` or `"black-start"`
---@field service string
---@field provider? string
---@field level? number # percent
---@field state? string
---@field minutes? number # of the story
---@field story string # the story's time
---@field to? string[] # a list

--- A repair begins, stands still, goes on or is done.
---@class RepairEvent: Event
---@field repair string
---@field service string
---@field state string
---@field because? string # a service's id, or nil
---@field left? number # crew-minutes
---@field story string # the story's time
---@field to? string[] # a list

--- Services wait for each other in a circle.
---@class DeadlockEvent: Event
---@field services string[] # a list; each needs the next
---@field repair? string
---@field left? number # crew-minutes
---@field text string
---@field story string # the story's time

--- A phase begins.
---@class PhaseEnteredEvent: Event
---@field phase string
---@field title string
---@field text? string
---@field story string # the story's time
---@field pace number # story time per play time

--- An expected action opens, is met, or is overdue.
---@class ExpectationEvent: Event
---@field expectation string
---@field team string
---@field state string
---@field by? string # the seat that acted
---@field deadline? number # seconds of play
---@field story? string # the story's time
---@field text? string
---@field objective? string

--- A contingency inject waits for EXCON.
---@class ArmedEvent: Event
---@field inject string
---@field expectation string
---@field reason string

--- Somebody sits down at a seat.
---@class JoinEvent: Event
---@field by string # the seat that acted
---@field seat string

--- Somebody leaves a seat.
---@class LeaveEvent: Event
---@field by string # the seat that acted
---@field seat string
---@field reason? string

--- A seat opens an inject or message.
---@class ReadEvent: Event
---@field by string # the seat that acted

--- A seat acknowledges an inject.
---@class AckEvent: Event
---@field by string # the seat that acted

--- A seat answers a decision.
---@class DecideEvent: Event
---@field by string # the seat that acted
---@field decision string
---@field option? string
---@field text? string
---@field reason? string

--- A seat writes a message.
---@class SayEvent: Event
---@field by string # the seat that acted
---@field as? string
---@field to string[] # a list
---@field rfi? boolean
---@field text string

--- A seat forwards what it received.
---@class ForwardEvent: Event
---@field by string # the seat that acted
---@field to string[] # a list
---@field text? string

--- A seat hands in a product.
---@class SubmitEvent: Event
---@field by string # the seat that acted
---@field product string
---@field text string

--- An evaluator notes an observation.
---@class ObserveEvent: Event
---@field by string # the seat that acted
---@field inject? string
---@field decision? string
---@field expectation? string
---@field objective? string
---@field team? string
---@field occurred? number
---@field text string

--- An evaluator marks an expected action.
---@class MarkActionEvent: Event
---@field by string # the seat that acted
---@field expectation string
---@field state string
---@field text? string

--- An evaluator rates an objective.
---@class RateEvent: Event
---@field by string # the seat that acted
---@field objective string
---@field team? string
---@field rating string
---@field text? string

--- Somebody calls a real emergency: play stops.
---@class EmergencyEvent: Event
---@field by string # the seat that acted
---@field text? string

--- STARTEX.
---@class StartEvent: Event
---@field by string # the seat that acted

--- EXCON pauses.
---@class PauseEvent: Event
---@field by string # the seat that acted
---@field reason? string

--- EXCON goes on.
---@class ResumeEvent: Event
---@field by string # the seat that acted

--- EXCON changes how fast play runs.
---@class SpeedEvent: Event
---@field by string # the seat that acted
---@field speed number # play time per real time

--- EXCON changes story time per play time.
---@class PaceEvent: Event
---@field by string # the seat that acted
---@field pace number # story time per play time

--- EXCON jumps forward.
---@class JumpEvent: Event
---@field by string # the seat that acted
---@field until number # seconds of play
---@field hold? string[]
---@field skip? string[]
---@field keep? string[]
---@field reason? string

--- EXCON begins a phase.
---@class PhaseEvent: Event
---@field by string # the seat that acted
---@field phase string

--- EXCON sends an inject by hand.
---@class FireEvent: Event
---@field by string # the seat that acted
---@field inject string

--- EXCON holds an inject back.
---@class HoldEvent: Event
---@field by string # the seat that acted
---@field inject string

--- EXCON releases an inject.
---@class ReleaseEvent: Event
---@field by string # the seat that acted
---@field inject string

--- EXCON skips an inject.
---@class SkipEvent: Event
---@field by string # the seat that acted
---@field inject string
---@field reason string

--- EXCON rules on an answer of a team's own.
---@class RuleEvent: Event
---@field by string # the seat that acted
---@field decision string
---@field ruling string
---@field reason? string

--- EXCON marks that a team knows of an inject.
---@class AwareEvent: Event
---@field by string # the seat that acted
---@field team string
---@field inject string
---@field reason? string

--- A seat is opened.
---@class OpenSeatEvent: Event
---@field by string # the seat that acted
---@field seat string

--- A seat's ticket is taken back.
---@class RevokeEvent: Event
---@field by string # the seat that acted
---@field seat string
---@field reason? string

--- The exercise as a whole. One in each scenario.
---@param id string
---@return fun(spec: ExerciseSpec)
function exercise(id) end

--- Those who are exercised. A person alone is a team of one seat. Seats are called `operator-1`,
--- `operator-2` …, so a team's id cannot end with a dash and a number.
---@param id string
---@return fun(spec: TeamSpec)
function team(id) end

--- An organisation that is not at the table. SIMCELL or EXCON speaks for it.
---@param id string
---@return fun(spec: PartySpec)
function party(id) end

--- What the exercise tests. Observations and ratings hang on it.
---@param id string
---@return fun(spec: ObjectiveSpec)
function objective(id) end

--- What happens to players: a call, a message, a news item. Each is sent once.
---@param id string
---@return fun(spec: InjectSpec)
function inject(id) end

--- A question to one team. Each is asked once. To one with options a team may also answer in its
--- own words (`other: …`); EXCON accepts that, rejects it, or counts it as one of the options.
--- The words other, accept and reject are therefore no options.
---@param id string
---@return fun(spec: DecisionSpec)
function decision(id) end

--- Something that people or other services live on: a grid, a mobile network, a road, a satellite
--- beam.
---@param id string
---@return fun(spec: ServiceSpec)
function service(id) end

--- What brings a service back. It does nothing until a storyline says `start_repair`.
---@param id string
---@return fun(spec: RepairSpec)
function repair(id) end

--- A part of the exercise, such as its second day.
---@param id string
---@return fun(spec: PhaseSpec)
function phase(id) end

--- What a team should do by a time. Players are not told, except the words of the products they can
--- hand in.
---@param id string
---@return fun(spec: ExpectSpec)
function expect(id) end

--- A part of the story that runs by itself: it begins at STARTEX, waits, asks, sends, and chooses
--- how to go on. Its name is its own.
---
--- `storyline "the wipe" (function () … end)`
---@param name string
---@return fun(body: fun())
function storyline(name) end

--- Begins a storyline the first time its condition is true. Conditions are asked after everything
--- that happens.
---
--- `when(function () return level "grid.north" < 50 end, function () … end)`
---@param condition fun(): any
---@param body fun()
function when(condition, body) end

--- Begins a storyline each time something of that kind happens, and gives it a table that tells of
--- it.
---
--- `on("overdue", function (event) … end)`
---@param kind EventKind
---@param body fun(event: Event)
---@overload fun(kind: "inject", body: fun(event: InjectEvent))
---@overload fun(kind: "held", body: fun(event: HeldEvent))
---@overload fun(kind: "ask", body: fun(event: AskEvent))
---@overload fun(kind: "deadline", body: fun(event: DeadlineEvent))
---@overload fun(kind: "decided", body: fun(event: DecidedEvent))
---@overload fun(kind: "overdue", body: fun(event: OverdueEvent))
---@overload fun(kind: "proposed", body: fun(event: ProposedEvent))
---@overload fun(kind: "rejected", body: fun(event: RejectedEvent))
---@overload fun(kind: "refused-late", body: fun(event: RefusedLateEvent))
---@overload fun(kind: "crossed", body: fun(event: CrossedEvent))
---@overload fun(kind: "message", body: fun(event: MessageEvent))
---@overload fun(kind: "handed-in", body: fun(event: HandedInEvent))
---@overload fun(kind: "level", body: fun(event: LevelEvent))
---@overload fun(kind: "measure", body: fun(event: MeasureEvent))
---@overload fun(kind: "repair", body: fun(event: RepairEvent))
---@overload fun(kind: "deadlock", body: fun(event: DeadlockEvent))
---@overload fun(kind: "phase-entered", body: fun(event: PhaseEnteredEvent))
---@overload fun(kind: "expectation", body: fun(event: ExpectationEvent))
---@overload fun(kind: "armed", body: fun(event: ArmedEvent))
---@overload fun(kind: "join", body: fun(event: JoinEvent))
---@overload fun(kind: "leave", body: fun(event: LeaveEvent))
---@overload fun(kind: "read", body: fun(event: ReadEvent))
---@overload fun(kind: "ack", body: fun(event: AckEvent))
---@overload fun(kind: "decide", body: fun(event: DecideEvent))
---@overload fun(kind: "say", body: fun(event: SayEvent))
---@overload fun(kind: "forward", body: fun(event: ForwardEvent))
---@overload fun(kind: "submit", body: fun(event: SubmitEvent))
---@overload fun(kind: "observe", body: fun(event: ObserveEvent))
---@overload fun(kind: "mark-action", body: fun(event: MarkActionEvent))
---@overload fun(kind: "rate", body: fun(event: RateEvent))
---@overload fun(kind: "emergency", body: fun(event: EmergencyEvent))
---@overload fun(kind: "start", body: fun(event: StartEvent))
---@overload fun(kind: "pause", body: fun(event: PauseEvent))
---@overload fun(kind: "resume", body: fun(event: ResumeEvent))
---@overload fun(kind: "speed", body: fun(event: SpeedEvent))
---@overload fun(kind: "pace", body: fun(event: PaceEvent))
---@overload fun(kind: "jump", body: fun(event: JumpEvent))
---@overload fun(kind: "phase", body: fun(event: PhaseEvent))
---@overload fun(kind: "fire", body: fun(event: FireEvent))
---@overload fun(kind: "hold", body: fun(event: HoldEvent))
---@overload fun(kind: "release", body: fun(event: ReleaseEvent))
---@overload fun(kind: "skip", body: fun(event: SkipEvent))
---@overload fun(kind: "rule", body: fun(event: RuleEvent))
---@overload fun(kind: "aware", body: fun(event: AwareEvent))
---@overload fun(kind: "open-seat", body: fun(event: OpenSeatEvent))
---@overload fun(kind: "revoke", body: fun(event: RevokeEvent))
function on(kind, body) end

--- Sends an inject. One that was sent before or that EXCON skipped is not sent again, nor one to
--- which EXCON gave another time (this is noted); one that is held goes when it is released, and
--- one with a voice is sent when its controller has delivered it. The storyline goes on at once.
---
--- `send "INJ-04"`
---@param inject string
function send(inject) end

--- Asks, waits for the answer, and gives it. A decision that has its answer already is not asked
--- again. `local a, b = ask("D-01", "D-02")` asks both and waits for both, up to 20.
---
--- `ask "D-01"`
---@param ... string
---@return Answer ...
function ask(...) end

--- Waits; `wait "24h story"` for story time.
---
--- `wait "20m"`
---@param duration Span
function wait(duration) end

--- Waits for a time. A time that is past does not wait. `"INJ-04 +15m"` is a mistake while INJ-04
--- was not sent.
---
--- `wait_until "T+0:08"`
---@param time Moment
function wait_until(time) end

--- Begins a phase; the storyline goes on in it.
---
--- `enter_phase "day-2"`
---@param phase string
function enter_phase(phase) end

--- An expected action has been seen.
---
--- `met "EXP-01"`
---@param expectation string
function met(expectation) end

--- Writes a line for EXCON into the record.
---
--- `note "The crews were told."`
---@param text string
function note(text) end

--- ENDEX. Nothing of this storyline comes after it.
---
--- `finish()`
function finish() end

--- Changes what a service can do by itself, in percent. What its needs leave may still be less.
---
--- `set("grid.north", 20)`
---@param service string
---@param percent number
function set(service, percent) end

--- Begins a repair. One that was begun before is not begun again (this is noted). What it gives
--- back is never less than what the service can do by then.
---
--- `start_repair "cable.splice"`
---@param repair string
function start_repair(repair) end

--- Fills all its reserves; `refuel("mobile.north", "grid.north")` the one for that service (all of
--- them, if it is needed twice).
---
--- `refuel "mobile.north"`
---@param service string
---@param provider? string
function refuel(service, provider) end

--- Opens an alternative that is closed: the service that needs, and the one it will use. Needed
--- twice, both are opened. One that was opened before stays so (this is noted).
---
--- `open_alternative("supplies", "road.inland")`
---@param service string
---@param provider string
function open_alternative(service, provider) end

--- Holds a service at 100 for so long, whatever it needs. That must outlast the restarts of what
--- shall stand by itself afterwards: a black start that ends in the minute a restart is due ends
--- first.
---
--- `black_start("grid.north", "30m")`
---@param service string
---@param duration Minutes
function black_start(service, duration) end

--- The table that `ask` gives, or nil while there is no answer.
---
--- `decided "D-01"`
---@param decision string
---@return Answer?
function decided(decision) end

--- When it was sent, in seconds of play, or nil.
---
--- `sent "INJ-04"`
---@param inject string
---@return number?
function sent(inject) end

--- True when somebody of the team has opened it.
---
--- `read("wind", "INJ-04")`
---@param team string
---@param inject string
---@return boolean
function read(team, inject) end

--- When the team came to know of it (it read it, or a controller marked it), in seconds of play, or
--- nil.
---
--- `aware("wind", "INJ-04")`
---@param team string
---@param inject string
---@return number?
function aware(team, inject) end

--- The newest message from one to another (teams, parties, `"excon"`), or nil.
---
--- `said("operator", "press")`
---@param from string
---@param to string
---@return Message?
function said(from, to) end

--- Seconds of play.
---
--- `now()`
---@return number
function now() end

--- The story's date and time as text.
---
--- `story()`
---@return string
function story() end

--- The story's time of day as text: 15:30.
---
--- `clock()`
---@return string
function clock() end

--- A service's level in percent: 40, 33.3.
---
--- `level "mobile.north"`
---@param service string
---@return number
function level(service) end

--- Why it has that level, in words: "Mobile network, north coast 0 % because Northern grid 0 % (for
--- longer than its autonomy)".
---
--- `because "mobile.north"`
---@param service string
---@return string
function because(service) end

--- What comes in the next six story hours if nobody does anything.
---
--- `outlook "mobile.north"`
---@param service string
---@return Outlook
function outlook(service) end

--- User-hours lost so far; `lost_hours()` those of all services.
---
--- `lost_hours "mobile.north"`
---@param service? string
---@return integer
function lost_hours(service) end

--- A number from 0 up to, not including, 1; `random(6)` a whole number from 1 to 6; `random(10,
--- 20)` one from 10 to 20. Not in conditions, which are asked again and again.
---
--- `random(6)`
---@param least? integer
---@param most? integer
---@return number
function random(least, most) end

--- The text of a file of the scenario's folder (.md, .txt, .lua).
---
--- `file "texts/inj-01.md"`
---@param path string
---@return string
function file(path) end

--- Runs `act-two.lua` of the folder, once, and gives what it returns; `require "texts"` finds
--- Tocsin's own module unless the folder has a `texts.lua`.
---
--- `require "act-two"`
---@param name string
---@return any
function require(name) end

