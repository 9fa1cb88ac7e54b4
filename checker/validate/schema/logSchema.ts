/** The JSON Schema of lines of logs. Generated with log.schema.json: run "npm run schema". */
export const logSchema = {
  "anyOf": [
    {
      "$ref": "highwater-log-1.json#/definitions/LogHeader"
    },
    {
      "$ref": "highwater-log-1.json#/definitions/LogLine"
    }
  ],
  "definitions": {
    "LogHeader": {
      "type": "object",
      "properties": {
        "format": {
          "type": "string",
          "const": "highwater-log"
        },
        "formatVersion": {
          "type": "number",
          "const": 1
        },
        "model": {
          "type": "string"
        },
        "settings": {
          "type": "object",
          "additionalProperties": {
            "anyOf": [
              {
                "type": "array",
                "items": {
                  "type": "string"
                }
              },
              {
                "type": [
                  "string",
                  "number",
                  "boolean"
                ]
              }
            ]
          }
        },
        "bounds": {
          "type": "object",
          "additionalProperties": {
            "type": "number"
          }
        },
        "defects": {
          "type": "array",
          "items": {
            "type": "string"
          }
        },
        "watched": {
          "type": "array",
          "items": {
            "type": "string"
          }
        },
        "unobserved": {
          "type": "array",
          "items": {
            "type": "string"
          }
        },
        "mostUnobserved": {
          "minimum": 0,
          "maximum": 20,
          "type": "integer"
        }
      },
      "additionalProperties": false,
      "required": [
        "format",
        "formatVersion",
        "model"
      ]
    },
    "LogLine": {
      "type": "object",
      "properties": {
        "says": {
          "type": "string"
        },
        "readings": {
          "type": "array",
          "items": {
            "$ref": "highwater-log-1.json#/definitions/LoggedReading"
          }
        },
        "lines": {
          "minimum": 1,
          "type": "integer"
        },
        "kind": {
          "enum": [
            "state",
            "step"
          ],
          "type": "string"
        },
        "steps": {
          "type": "array",
          "items": {
            "$ref": "highwater-log-1.json#/definitions/LoggedStep"
          }
        },
        "state": {
          "type": "object",
          "additionalProperties": {
            "$ref": "highwater-log-1.json#/definitions/LogJson"
          }
        }
      },
      "additionalProperties": false
    },
    "LoggedReading": {
      "type": "object",
      "properties": {
        "lines": {
          "minimum": 1,
          "type": "integer"
        },
        "kind": {
          "enum": [
            "state",
            "step"
          ],
          "type": "string"
        },
        "steps": {
          "type": "array",
          "items": {
            "$ref": "highwater-log-1.json#/definitions/LoggedStep"
          }
        },
        "state": {
          "type": "object",
          "additionalProperties": {
            "$ref": "highwater-log-1.json#/definitions/LogJson"
          }
        }
      },
      "additionalProperties": false
    },
    "LoggedStep": {
      "type": "object",
      "properties": {
        "action": {
          "type": "string"
        },
        "params": {
          "type": "object",
          "additionalProperties": {
            "type": [
              "null",
              "string",
              "number"
            ]
          }
        }
      },
      "additionalProperties": false,
      "required": [
        "action"
      ]
    },
    "LogJson": {
      "anyOf": [
        {
          "type": "array",
          "items": {
            "$ref": "highwater-log-1.json#/definitions/LogJson"
          }
        },
        {
          "type": "object",
          "additionalProperties": {
            "$ref": "highwater-log-1.json#/definitions/LogJson"
          }
        },
        {
          "type": [
            "null",
            "string",
            "number",
            "boolean"
          ]
        }
      ]
    }
  },
  "$schema": "http://json-schema.org/draft-07/schema#",
  "$id": "highwater-log-1.json"
};
