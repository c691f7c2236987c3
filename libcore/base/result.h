// SPDX-License-Identifier: GPL-3.0-or-later
//
// Result<T>: a value or the Problem that prevented it. C++20 has no std::expected, this is the part of it we need.
#pragma once

#include <cassert>
#include <utility>
#include <variant>

#include "libcore/base/problem.h"

namespace core {

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : v_(std::in_place_index<0>, std::move(value)) {}           // NOLINT: implicit on purpose
  Result(Problem problem) : v_(std::in_place_index<1>, std::move(problem)) {}  // NOLINT: implicit on purpose

  bool ok() const { return v_.index() == 0; }
  explicit operator bool() const { return ok(); }

  /// The value. Only if ok().
  T& value() & { assert(ok()); return *std::get_if<0>(&v_); }
  const T& value() const& { assert(ok()); return *std::get_if<0>(&v_); }
  T&& value() && { assert(ok()); return std::move(*std::get_if<0>(&v_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  /// The problem. Only if not ok().
  Problem& problem() & { assert(!ok()); return *std::get_if<1>(&v_); }
  const Problem& problem() const& { assert(!ok()); return *std::get_if<1>(&v_); }
  Problem&& problem() && { assert(!ok()); return std::move(*std::get_if<1>(&v_)); }

 private:
  std::variant<T, Problem> v_;
};

/// Success without value, or a Problem.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Problem problem) : problem_(std::move(problem)), ok_(false) {}  // NOLINT: implicit on purpose
  bool ok() const { return ok_; }
  explicit operator bool() const { return ok_; }
  Problem& problem() & { assert(!ok_); return problem_; }
  const Problem& problem() const& { assert(!ok_); return problem_; }
  Problem&& problem() && { assert(!ok_); return std::move(problem_); }

 private:
  Problem problem_;
  bool ok_ = true;
};

}  // namespace core
