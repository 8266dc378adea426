"""The model that a new file starts from: three players, and every number a placeholder."""

SKELETON = """\
# A new model. Put names to players and options, reasons to payoffs, and sources to numbers; every
# number below is a placeholder.
format: 1
id: new-model
title: New model

players:
  - id: first
    label: First government
    options:
      - id: wait
        label: Wait
        clause: waits
      - id: act
        label: Act
        clause: acts
  - id: second
    label: Second government
    options:
      - id: wait
        label: Wait
        clause: waits
      - id: act
        label: Act
        clause: acts
  - id: third
    label: Third government
    options:
      - id: wait
        label: Wait
        clause: waits
      - id: act
        label: Act
        clause: acts

parameters:
  - id: gain
    label: Gain from acting
    unit: utility 0-10
    default: 5
    low: 0
    high: 10
    basis: placeholder
  - id: cost
    label: Cost of acting
    unit: utility 0-10
    default: 4
    low: 0
    high: 10
    basis: placeholder

terms:
  - id: first.gain
    player: first
    label: Gain from acting
    value: gain
    when:
      first: [act]
  - id: second.cost
    player: second
    label: Cost of acting
    value: -cost
    when:
      second: [act]
  - id: third.gain
    player: third
    label: Gain from acting while the first waits
    value: gain - cost
    when:
      first: [wait]
      third: [act]
"""
