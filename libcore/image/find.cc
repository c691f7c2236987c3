// SPDX-License-Identifier: GPL-3.0-or-later
#include "libcore/image/find.h"

#include <utility>

namespace core::image {

// --- evaluation ----------------------------------------------------------------------------------------------------

struct FindExpression::Run {
  const FindSubject& subject;
  bool decided = false;
  bool decision = false;
  bool prune = false;
};

bool FindExpression::run(int index, Run& state) const {
  if (index < 0) return true;
  const Step& step = steps_[static_cast<std::size_t>(index)];
  switch (step.kind) {
    case Step::Kind::test: {
      const bool result = step.function(state.subject, arguments_[static_cast<std::size_t>(step.arguments)]);
      return result != step.yes;
    }
    case Step::Kind::prune: state.prune = true; return true;
    case Step::Kind::decision:
      state.decided = true;
      state.decision = step.yes;
      return step.yes;
    case Step::Kind::negation: return !run(step.first, state);
    case Step::Kind::both: return run(step.first, state) && (state.decided || run(step.second, state));
    case Step::Kind::either: return run(step.first, state) || (!state.decided && run(step.second, state));
    case Step::Kind::choice:
      if (run(step.first, state)) return state.decided || run(step.second, state);
      return !state.decided && step.third >= 0 && run(step.third, state);
  }
  return false;
}

FindVerdict FindExpression::evaluate(const FindSubject& subject) const {
  if (hopeless_) return {};
  Run state{.subject = subject};
  const bool result = run(root_, state);
  return {.matches = state.decided ? state.decision : result, .prune = state.prune};
}

// --- compilation ---------------------------------------------------------------------------------------------------

void FindBuilder::add_test(FindFunction function, FindArguments arguments, bool negated) {
  out_.arguments_.push_back(std::move(arguments));
  tokens_.push_back({.kind = Token::Kind::test,
                     .negated = negated,
                     .function = function,
                     .arguments = static_cast<int>(out_.arguments_.size()) - 1});
}

bool FindBuilder::next_is(Word word) const {
  return !at_end() && tokens_[at_].kind == Token::Kind::word && tokens_[at_].word == word;
}

int FindBuilder::emit(FindExpression::Step step) {
  out_.steps_.push_back(step);
  return static_cast<int>(out_.steps_.size()) - 1;
}

/// Operand, operator, rest: everything behind an operator belongs to its right side. An "elseif" acts like an "or" between
/// the condition before it and one that begins there, so that what follows the "endif" belongs to the last condition.
int FindBuilder::parse_sequence(Begin begin) {
  using Kind = FindExpression::Step::Kind;
  if (at_end()) return -1;
  const int left = begin == Begin::condition ? parse_condition() : parse_operand();
  if (std::exchange(else_if_follows_, false))
    return emit({.kind = Kind::either, .first = left, .second = parse_sequence(Begin::condition)});
  if (at_end() || next_is(Word::close) || next_is(Word::then) || next_is(Word::else_if) || next_is(Word::else_) ||
      next_is(Word::end_if))
    return left;
  Kind kind = Kind::both;
  if (next_is(Word::both) || next_is(Word::either)) {
    if (next_is(Word::either)) kind = Kind::either;
    at_++;
  }
  const int right = parse_sequence(Begin::operand);
  return emit({.kind = kind, .first = left, .second = right});
}

int FindBuilder::parse_operand() {
  using Kind = FindExpression::Step::Kind;
  if (at_end()) return -1;
  const Token token = tokens_[at_++];
  switch (token.kind) {
    case Token::Kind::test:
      return emit({.kind = Kind::test, .yes = token.negated, .function = token.function, .arguments = token.arguments});
    case Token::Kind::prune: return emit({.kind = Kind::prune});
    case Token::Kind::decision: return emit({.kind = Kind::decision, .yes = token.yes});
    case Token::Kind::word: break;
  }
  if (token.word == Word::negate) {
    const int operand = parse_operand();
    return operand < 0 ? -1 : emit({.kind = Kind::negation, .first = operand});
  }
  if (token.word == Word::open) {
    const int inner = parse_sequence(Begin::operand);
    if (next_is(Word::close)) at_++;
    else if (!at_end()) out_.hopeless_ = true;
    return inner;
  }
  if (token.word == Word::if_) return parse_condition();
  out_.hopeless_ = true;  // an operator or a closing word where an operand has to be
  return -1;
}

int FindBuilder::parse_condition() {
  using Kind = FindExpression::Step::Kind;
  const int condition = parse_sequence(Begin::operand);
  if (at_end()) return condition;
  if (!next_is(Word::then)) {
    out_.hopeless_ = true;
    return -1;
  }
  at_++;
  const int then = parse_sequence(Begin::operand);
  int otherwise = -1;
  if (next_is(Word::else_if)) {
    at_++;
    else_if_follows_ = true;
    return emit({.kind = Kind::choice, .first = condition, .second = then});
  }
  if (next_is(Word::else_)) {
    at_++;
    otherwise = parse_sequence(Begin::operand);
  }
  if (next_is(Word::end_if)) at_++;
  else if (!at_end()) out_.hopeless_ = true;
  return emit({.kind = Kind::choice, .first = condition, .second = then, .third = otherwise});
}

FindExpression FindBuilder::finish() {
  out_.root_ = parse_sequence(Begin::operand);
  if (!at_end()) out_.hopeless_ = true;
  return std::move(out_);
}

}  // namespace core::image
